import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

interface Finding {
  readonly instancePath: string;
  readonly message?: string;
  readonly params: unknown;
}

type Validate = ((value: unknown) => boolean) & { readonly errors?: readonly Finding[] | null };

interface Validators {
  addSchema(schema: object): void;
  getSchema(reference: string): Validate;
}

/** The core's validator: at the top there is an older one that other tools need. */
const { Ajv } = createRequire(new URL('../../../packages/core/package.json', import.meta.url))('ajv') as {
  Ajv: new (options: object) => Validators;
};

interface Schema {
  readonly properties?: object;
  readonly additionalProperties?: unknown;
}

const recording = new URL('recordings/openapi.json', import.meta.url);

const kinds = {
  Pod: 'io.k8s.api.core.v1.Pod',
  EphemeralContainer: 'io.k8s.api.core.v1.EphemeralContainer',
  NetworkPolicy: 'io.k8s.api.networking.v1.NetworkPolicy',
} as const;

/** The server drops fields that it does not know, or refuses them when asked to; here they are always a mistake. */
function closed(schemas: Readonly<Record<string, Schema>>): Readonly<Record<string, Schema>> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      schema.properties === undefined ? schema : { additionalProperties: false, ...schema },
    ]),
  );
}

let ajv: Validators | undefined;

function validator(kind: keyof typeof kinds): Validate {
  if (ajv === undefined) {
    const { components } = JSON.parse(readFileSync(recording, 'utf8')) as {
      components: { schemas: Record<string, Schema> };
    };
    ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    ajv.addSchema({ $id: 'kubernetes', components: { schemas: closed(components.schemas) } });
  }
  return ajv.getSchema(`kubernetes#/components/schemas/${kinds[kind]}`);
}

/** What a Kubernetes server would not understand of an object, by its recorded OpenAPI document. */
export function manifestProblems(kind: keyof typeof kinds, manifest: unknown): readonly string[] {
  const validate = validator(kind);
  // what is undefined never reaches the server
  if (validate(JSON.parse(JSON.stringify(manifest)))) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}
