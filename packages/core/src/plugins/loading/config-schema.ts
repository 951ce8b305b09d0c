import { DanubeError, secretNameFormat } from '@danube/plugin-api';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** Keys of an entry that are Danube's own in one section or another. */
export const ownKeys = ['type', 'name', 'webhook_secret', 'match_patterns'] as const;

type SchemaNode = { readonly [keyword: string]: unknown };

/**
 * Compiles the schema of a contribution.
 * @throws DanubeError `plugin_schema_invalid` (invalid) where it does not compile, is open, or declares a key of Danube's
 */
export function compileConfigSchema(schema: unknown, whose: string): ValidateFunction {
  const invalid = (why: string) =>
    new DanubeError('plugin_schema_invalid', `the configSchema of ${whose} ${why}`, { category: 'invalid' });
  if (!isNode(schema)) throw invalid('is no JSON Schema object');
  if (schema['type'] !== 'object') throw invalid('must have "type": "object"');
  const open = openObject(schema, '');
  if (open !== undefined) throw invalid(`is open${open}: add "additionalProperties": false`);
  const own = ownKeys.find((key) => key in propertiesOf(schema) || listOf(schema['required']).includes(key));
  if (own !== undefined) throw invalid(`declares "${own}", which is Danube's own key; call it something else`);
  // its verdict would be a promise, which counts as accepted
  if ('$async' in schema) throw invalid('has "$async", which is not accepted: remove it');
  try {
    return createAjv().compile(schema);
  } catch (error) {
    throw invalid(`does not compile: ${(error as Error).message}`);
  }
}

/** One for each schema, so that equal `$id`s of different plugins do not meet. */
function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    discriminator: true,
    verbose: true,
    logger: false,
  });
  ajv.addVocabulary(['patternErrorMessage']);
  ajv.addFormat(secretNameFormat, true);
  return ajv;
}

/** The first object with named properties that accepts others too. */
function openObject(node: SchemaNode, path: string): string | undefined {
  const hasProperties = path === '' || isNode(node['properties']);
  const rest = node['additionalProperties'] ?? node['unevaluatedProperties'];
  if (hasProperties && rest !== false && !(path !== '' && isNode(rest))) return path === '' ? '' : ` at ${path}`;
  for (const [key, child] of Object.entries(propertiesOf(node))) {
    const found = isNode(child) ? openObject(child, path === '' ? key : `${path}.${key}`) : undefined;
    if (found !== undefined) return found;
  }
  return isNode(node['items']) ? openObject(node['items'], `${path}[]`) : undefined;
}

export function isNode(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function propertiesOf(node: SchemaNode): SchemaNode {
  return isNode(node['properties']) ? node['properties'] : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
