import { secretNameFormat } from './secret-name.js';

type Node = { readonly [keyword: string]: unknown };

/** Keywords whose schemas are about the value itself, whichever of them holds. */
const alternatives = ['allOf', 'anyOf', 'oneOf'];
const conditions = ['if', 'then', 'else'];

/**
 * Names of secrets that a configuration gives where its schema says that a name of a secret stands: what the host lets an
 * instance read. Pure.
 */
export function grantedSecrets(schema: unknown, config: unknown): ReadonlySet<string> {
  const granted = new Set<string>();
  collect(schema, config, { root: schema, granted, depth: 0 });
  return granted;
}

interface Walk {
  readonly root: unknown;
  readonly granted: Set<string>;
  readonly depth: number;
}

/** A schema that refers to itself ends with the configuration, which is finite; this ends one that goes round in place. */
const maxDepth = 100;

function collect(schema: unknown, value: unknown, { root, granted, depth }: Walk): void {
  if (!isNode(schema) || depth > maxDepth) return;
  const walk = { root, granted, depth: depth + 1 };
  if (schema['format'] === secretNameFormat && typeof value === 'string') granted.add(value);
  const reference = schema['$ref'];
  if (typeof reference === 'string') collect(resolve(root, reference), value, walk);
  for (const keyword of alternatives) for (const one of asList(schema[keyword])) collect(one, value, walk);
  for (const keyword of conditions) collect(schema[keyword], value, walk);
  if (Array.isArray(value)) {
    const leading = asList(schema['prefixItems']);
    value.forEach((item, index) => collect(leading[index] ?? schema['items'], item, walk));
  } else if (isNode(value)) {
    for (const [key, child] of Object.entries(value)) collect(schemaOfKey(schema, key), child, walk);
  }
}

function schemaOfKey(schema: Node, key: string): unknown {
  const properties = schema['properties'];
  if (isNode(properties) && Object.hasOwn(properties, key)) return properties[key];
  const patterns = isNode(schema['patternProperties']) ? Object.entries(schema['patternProperties']) : [];
  const matching = patterns.find(([pattern]) => new RegExp(pattern, 'u').test(key));
  return matching?.[1] ?? schema['additionalProperties'];
}

/** `#/$defs/name`: what a schema may refer to lies in itself. */
function resolve(root: unknown, reference: string): unknown {
  if (!reference.startsWith('#')) return undefined;
  let node = root;
  for (const part of reference.split('/').slice(1)) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    node = isNode(node) ? node[key] : undefined;
  }
  return node;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
