import { createRequire } from 'node:module';
import { readRecording } from './recordings.js';

export interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly $ref?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
}

export interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message?: string;
  readonly params: { readonly missingProperty?: string; readonly additionalProperty?: string };
  readonly parentSchema?: Schema;
  readonly data?: unknown;
}

interface Validate {
  (data: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}

interface Ajv {
  addSchema(schema: object, key: string): void;
  getSchema(key: string): Validate | undefined;
}

/** Kinds that manifests of tests have, by the names of their schemas. */
const schemaNames = {
  Pod: 'io.k8s.api.core.v1.Pod',
  EphemeralContainer: 'io.k8s.api.core.v1.EphemeralContainer',
  Namespace: 'io.k8s.api.core.v1.Namespace',
  NetworkPolicy: 'io.k8s.api.networking.v1.NetworkPolicy',
} as const;

export type RecordedKind = keyof typeof schemaNames;

// the core's validator: at the top there is an older one that other tools need
const requireFromCore = createRequire(new URL('../../../packages/core/package.json', import.meta.url));
const { Ajv2020 } = requireFromCore('ajv/dist/2020.js') as { Ajv2020: new (options: object) => Ajv };

let loaded: { readonly ajv: Ajv; readonly schemas: Readonly<Record<string, Schema>> } | undefined;

/** A server may drop fields that it does not know; here they are always a mistake. */
function closed(schema: Schema): Schema {
  return schema.properties ? { additionalProperties: false, ...schema } : schema;
}

function load() {
  if (loaded) return loaded;
  const { components } = readRecording<{ components: { schemas: Record<string, Schema> } }>('openapi');
  const schemas = Object.fromEntries(
    Object.entries(components.schemas).map(([name, schema]) => [name, closed(schema)]),
  );
  const ajv = new Ajv2020({ strict: false, validateFormats: false, verbose: true, allErrors: true });
  ajv.addSchema({ components: { schemas } }, 'openapi');
  loaded = { ajv, schemas };
  return loaded;
}

export function isRecorded(kind: string): kind is RecordedKind {
  return kind in schemaNames;
}

/** Where a value is not as the server's own schema of its kind says. */
export function schemaErrors(kind: RecordedKind, value: unknown): readonly SchemaError[] {
  const validate = load().ajv.getSchema(`openapi#/components/schemas/${schemaNames[kind]}`);
  if (!validate) throw new Error(`no schema of ${kind} was recorded`);
  return validate(value) ? [] : (validate.errors ?? []);
}

/** The name of the type that has the field which a pointer leads to, as in `PodSpec`. */
export function typeWithField(kind: RecordedKind, pointer: string): string {
  const { schemas } = load();
  let owner: string = schemaNames[kind];
  let schema: Schema | undefined = schemas[owner];
  for (const word of pointer.split('/').slice(1, -1)) {
    schema = schema?.properties?.[word] ?? schema?.items ?? (schema?.additionalProperties || undefined);
    const name = schema?.$ref?.split('/').at(-1);
    if (name === undefined) continue;
    owner = name;
    schema = schemas[name];
  }
  return owner.split('.').at(-1) ?? owner;
}
