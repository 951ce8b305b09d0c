import { createRequire } from 'node:module';
import { readRecording } from '../recordings.js';
import { apiVersionOf, type Resource } from './resources.js';
import { badRequest, invalid } from './status.js';

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly $ref?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
}

interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: { readonly missingProperty?: string; readonly additionalProperty?: string };
  readonly parentSchema?: Schema;
  readonly data?: unknown;
}

interface Validate {
  (data: unknown): boolean;
  readonly errors?: SchemaError[] | null;
}

interface Ajv {
  addSchema(schema: object, key: string): void;
  getSchema(key: string): Validate | undefined;
}

// the version that the core declares: another one stands at the root
const requireFromCore = createRequire(new URL('../../../../packages/core/package.json', import.meta.url));
const { Ajv2020 } = requireFromCore('ajv/dist/2020.js') as { Ajv2020: new (options: object) => Ajv };

const schemaNames: Readonly<Record<string, string>> = {
  Pod: 'io.k8s.api.core.v1.Pod',
  Namespace: 'io.k8s.api.core.v1.Namespace',
  NetworkPolicy: 'io.k8s.api.networking.v1.NetworkPolicy',
};

let compiled: Ajv | undefined;

function ajv(): Ajv {
  if (!compiled) {
    compiled = new Ajv2020({ strict: false, validateFormats: false, verbose: true });
    const { components } = readRecording<{ components: { schemas: Record<string, Schema> } }>('openapi');
    const schemas = Object.entries(components.schemas).map(([name, schema]) => [name, closed(schema)] as const);
    compiled.addSchema({ components: { schemas: Object.fromEntries(schemas) } }, 'openapi');
  }
  return compiled;
}

/** A server that validates strictly refuses fields that it does not know. */
function closed(schema: Schema): Schema {
  return schema.properties ? { ...schema, additionalProperties: false } : schema;
}

/** Refuses a manifest that a server with strict validation cannot decode, or that lacks a required field. */
export function checkSchema(resource: Resource, manifest: Readonly<Record<string, unknown>>): void {
  const expected = { apiVersion: apiVersionOf(resource), kind: resource.kind };
  for (const [field, value] of Object.entries(expected)) {
    if (manifest[field] !== undefined && manifest[field] !== value) {
      throw badRequest(
        `the ${field} in the data (${JSON.stringify(manifest[field])}) does not match the expected one (${value})`,
      );
    }
  }
  const schema = schemaNames[resource.kind];
  if (schema === undefined) return; // of a CRD
  const validate = ajv().getSchema(`openapi#/components/schemas/${schema}`);
  if (!validate) throw new Error(`no recorded schema for ${resource.kind}`);
  if (validate(withoutNulls(manifest))) return;
  const [error] = validate.errors ?? [];
  if (error) throw refusalFor(error, resource.kind, resource.version, manifest);
}

function refusalFor(error: SchemaError, kind: string, version: string, manifest: Readonly<Record<string, unknown>>) {
  const undecodable = (problem: string) =>
    badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${problem}`);
  const field = (last: string) =>
    [...fieldsOf(error.instancePath), ...(last === '' ? [] : [last])].join('.').replaceAll('.[', '[');
  if (error.keyword === 'additionalProperties') {
    return undecodable(`strict decoding error: unknown field "${field(error.params.additionalProperty ?? '')}"`);
  }
  if (error.keyword === 'required') {
    const name = (manifest['metadata'] as { name?: string } | undefined)?.name ?? '';
    const cause = {
      reason: 'FieldValueRequired',
      message: 'Required value',
      field: field(error.params.missingProperty ?? ''),
    };
    return invalid(kind, name, [cause]);
  }
  const struct = /\.(\w+)\/properties\/[^/]+\/(?:items\/)?\w+$/.exec(error.schemaPath)?.[1] ?? kind;
  const path = fieldsOf(error.instancePath).filter((word) => !word.startsWith('['));
  return undecodable(
    `json: cannot unmarshal ${jsonTypeOf(error.data)} into Go struct field ${struct}.${path.join('.')} of type ${goTypeOf(error.parentSchema ?? {})}`,
  );
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

function goTypeOf({ type, format, $ref, items, additionalProperties }: Schema): string {
  if ($ref !== undefined) return `v1.${$ref.split('.').at(-1)}`;
  if (items) return `[]${goTypeOf(items)}`;
  if (additionalProperties) return `map[string]${goTypeOf(additionalProperties)}`;
  if (type === 'boolean') return 'bool';
  return type === 'integer' ? (format ?? 'int') : (type ?? 'object');
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNulls(inner)]));
}
