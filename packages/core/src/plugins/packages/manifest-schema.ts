import { extensionPoints, type JsonSchema } from '@danube/plugin-api';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';

const types: JsonSchema = {
  type: 'array',
  items: { type: 'string', pattern: '^[a-z][a-z0-9_-]{0,63}$' },
  uniqueItems: true,
  maxItems: 50,
};

const network: JsonSchema = {
  anyOf: [{ type: 'boolean' }, { type: 'array', items: { type: 'string', minLength: 1, maxLength: 250 } }],
};

/** The parts of package.json that a plugin's manifest consists of; the `danube` block is closed. */
const manifestSchema = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    version: { type: 'string', minLength: 1 },
    keywords: { type: 'array', items: { type: 'string' } },
    peerDependencies: { type: 'object', additionalProperties: { type: 'string' } },
    danube: {
      type: 'object',
      additionalProperties: false,
      properties: {
        id: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,63}$' },
        contributes: {
          type: 'object',
          additionalProperties: false,
          minProperties: 1,
          properties: Object.fromEntries(extensionPoints.map((point) => [point, types])),
        },
        capabilities: {
          type: 'object',
          additionalProperties: false,
          properties: { secrets: { type: 'boolean' }, network },
        },
        conformance: { type: 'string', pattern: '^\\./' },
      },
      required: ['id', 'contributes'],
    },
  },
  required: ['name', 'version', 'danube'],
};

/** package.json of a plugin, as the schema has accepted it. */
export interface PackageFile {
  readonly name: string;
  readonly version: string;
  readonly keywords?: readonly string[];
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly exports?: unknown;
  readonly main?: unknown;
  readonly danube: {
    readonly id: string;
    readonly contributes: Readonly<Record<string, readonly string[]>>;
    readonly capabilities?: { readonly secrets?: boolean; readonly network?: readonly string[] | boolean };
    readonly conformance?: string;
  };
}

let compiled: ValidateFunction | undefined;

/** Everything that is wrong with it, each naming the field; empty where nothing is. */
export function manifestProblems(value: unknown): readonly string[] {
  const validate = (compiled ??= new Ajv2020({ allErrors: true, strict: true }).compile(manifestSchema));
  return validate(value) ? [] : (validate.errors ?? []).map(describe);
}

function describe({ instancePath, keyword, message, params }: ErrorObject): string {
  const field = instancePath.slice(1).replaceAll('/', '.') || 'package.json';
  if (keyword === 'additionalProperties') {
    return `${field} has the unknown key "${String((params as { additionalProperty: string }).additionalProperty)}"`;
  }
  return `${field} ${message ?? keyword}`;
}
