import type { ErrorObject } from 'ajv/dist/2020.js';
import type { ConfigPath } from '../../domain/config/config-path.js';
import { hideCredentials } from '../../domain/repository/hide-credentials.js';
import { suggestName } from './closest-name.js';
import { explainedFormats } from './formats.js';

export interface ExplainedError {
  readonly path: ConfigPath;
  /** Whether the problem is with the key rather than with its value. */
  readonly atKey: boolean;
  readonly message: string;
  readonly suggestion: string | undefined;
}

interface SchemaFacts {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly oneOf?: readonly { readonly properties: { readonly type: { readonly const: string } } }[];
  readonly patternErrorMessage?: string;
  readonly writeOnly?: boolean;
  readonly not?: { readonly required?: readonly string[] };
  readonly discriminator?: { readonly propertyName: string };
}

const shownCharacters = 60;

function show(value: unknown): string {
  const text = hideCredentials(JSON.stringify(value) ?? 'nothing');
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
}

function typeName(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a mapping' : `the ${typeof value} ${show(value)}`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
};

/** `/spec/triggers/0` with the list positions as numbers. */
function parsePointer(pointer: string, root: unknown): ConfigPath {
  const path: (string | number)[] = [];
  let value = root;
  for (const escaped of pointer.split('/').slice(1)) {
    const segment = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(value) ? Number(segment) : segment);
    value = (value as Readonly<Record<string, unknown>> | undefined)?.[segment];
  }
  return path;
}

function typeSuggestion(expected: unknown, value: unknown, tag: string | undefined): string | undefined {
  if (tag !== undefined && typeof value === 'string') return `write {"${tag}": ${show(value)}}`;
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return `write "${value}"`;
  if (expected === 'array' && typeof value === 'string') return `write [${value}]`;
  return undefined;
}

/** One of the validator's errors in words; undefined where another of its errors says the same better. */
export function explainError(error: ErrorObject, root: unknown): ExplainedError | undefined {
  const path = parsePointer(error.instancePath, root);
  const params = error.params as Readonly<Record<string, unknown>>;
  const schema = (error.parentSchema ?? {}) as SchemaFacts;
  const value = schema.writeOnly === true ? 'this value' : show(error.data);
  const at = (message: string, suggestion?: string): ExplainedError => ({ path, atKey: false, message, suggestion });
  const onKey = (key: string, message: string, suggestion: string | undefined): ExplainedError => ({
    path: [...path, key],
    atKey: true,
    message,
    suggestion,
  });
  switch (error.keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      return onKey(key, `unknown key "${key}"`, suggestName(key, Object.keys(schema.properties ?? {})));
    }
    case 'required':
      return { ...at(`"${String(params['missingProperty'])}" is missing`), atKey: true };
    case 'type': {
      const expected = params['type'];
      const wanted = `must be ${typeNames[String(expected)] ?? String(expected)}`;
      if (schema.writeOnly === true) return at(wanted);
      const message = `${wanted}, not ${typeName(error.data)}`;
      return at(message, typeSuggestion(expected, error.data, schema.discriminator?.propertyName));
    }
    case 'not':
      if (schema.not?.required === undefined) break;
      return at(`${schema.not.required.map(show).join(' and ')} exclude each other`, 'keep one of them');
    case 'enum':
      return at(`${value} is not accepted`, suggestName(String(error.data), params['allowedValues'] as string[]));
    case 'const':
      return at(`${value} is not accepted`, `write ${show(params['allowedValue'])}`);
    case 'discriminator': {
      const types = (schema.oneOf ?? []).map((branch) => branch.properties.type.const);
      const tag = params['tagValue'];
      if (tag === undefined) return undefined;
      const suggestion = suggestName(typeof tag === 'string' ? tag : '', types);
      return { ...at(`${show(tag)} is not accepted`, suggestion), path: [...path, 'type'] };
    }
    case 'pattern':
    case 'format':
      if (error.propertyName !== undefined) {
        return onKey(error.propertyName, `the name "${error.propertyName}" is not accepted`, accepted(schema));
      }
      return at(`${value} is not accepted${formatReason(params, error.data)}`, accepted(schema));
    case 'propertyNames':
      return undefined;
  }
  return at(`${error.message ?? error.keyword}`);
}

function formatReason(params: Readonly<Record<string, unknown>>, value: unknown): string {
  const reason = explainedFormats[String(params['format'])]?.(String(value));
  return reason === undefined ? '' : `: ${reason}`;
}

function accepted(schema: SchemaFacts): string | undefined {
  return schema.patternErrorMessage === undefined ? undefined : `accepted: ${schema.patternErrorMessage}`;
}
