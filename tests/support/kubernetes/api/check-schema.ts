import {
  isRecorded,
  schemaErrors,
  typeWithField,
  type RecordedKind,
  type Schema,
  type SchemaError,
} from '../recorded-schemas.js';
import { apiVersionOf, type Resource } from './resources.js';
import { badRequest, invalid, type Refusal } from './status.js';

type Manifest = Readonly<Record<string, unknown>>;

/** Refuses a manifest that a server with strict validation cannot decode, or that lacks a required field. */
export function checkSchema(resource: Resource, manifest: Manifest): void {
  const expected = { apiVersion: apiVersionOf(resource), kind: resource.kind };
  for (const [field, value] of Object.entries(expected)) {
    if (manifest[field] !== undefined && manifest[field] !== value) {
      const found = JSON.stringify(manifest[field]);
      throw badRequest(`the ${field} in the data (${found}) does not match the expected one (${value})`);
    }
  }
  if (!isRecorded(resource.kind)) return; // of a CRD
  const [error] = schemaErrors(resource.kind, withoutNulls(manifest));
  if (error) throw refusalFor(error, resource.kind, resource.version, manifest);
}

function refusalFor(error: SchemaError, kind: RecordedKind, version: string, manifest: Manifest): Refusal {
  const undecodable = (problem: string) =>
    badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${problem}`);
  const path = fieldsOf(error.instancePath);
  const below = (field = '') => [...path, field].join('.').replaceAll('.[', '[');
  const refused = (reason: string, message: string, field: string) => {
    const name = (manifest['metadata'] as { name?: string } | undefined)?.name ?? '';
    return invalid(kind, name, [{ reason, message, field }]);
  };
  switch (error.keyword) {
    case 'additionalProperties':
      return undecodable(`strict decoding error: unknown field "${below(error.params.additionalProperty)}"`);
    case 'required':
      return refused('FieldValueRequired', 'Required value', below(error.params.missingProperty));
    case 'enum': {
      const supported = error.parentSchema?.enum?.map((value) => `"${value}"`).join(', ');
      const message = `Unsupported value: ${JSON.stringify(error.data)}: supported values: ${supported}`;
      return refused('FieldValueNotSupported', message, path.join('.').replaceAll('.[', '['));
    }
    default: {
      const field = path.filter((word) => !word.startsWith('[')).join('.');
      const owner = typeWithField(kind, error.instancePath);
      const types = `${jsonTypeOf(error.data)} into Go struct field ${owner}.${field} of type ${goTypeOf(error.parentSchema)}`;
      return undecodable(`json: cannot unmarshal ${types}`);
    }
  }
}

/** `/spec/containers/0/name` as spec, containers, [0], name. */
function fieldsOf(pointer: string): string[] {
  const words = pointer.split('/').slice(1);
  return words.map((word) => (/^\d+$/.test(word) ? `[${word}]` : word.replaceAll('~1', '/').replaceAll('~0', '~')));
}

function jsonTypeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function goTypeOf({ type = 'object', format, $ref, items, additionalProperties }: Schema = {}): string {
  if ($ref !== undefined) return `v1.${$ref.split('.').at(-1)}`;
  if (items) return `[]${goTypeOf(items)}`;
  if (additionalProperties) return `map[string]${goTypeOf(additionalProperties)}`;
  if (type === 'boolean') return 'bool';
  return type === 'integer' ? (format ?? 'int') : type;
}

/** For the API a null is the same as nothing. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNulls(inner)]));
}
