const types = new Set(['null', 'boolean', 'object', 'array', 'number', 'integer', 'string']);
const ofSchemas = ['properties', 'patternProperties', '$defs', 'dependentSchemas'];
const listsOfSchemas = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const schemas = ['items', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'];
/** Keys that the host itself reads from an entry of one section or another. */
const ofTheHost = ['type', 'name', 'webhook_secret', 'match_patterns'];

type Node = Readonly<Record<string, unknown>>;

/** What keeps a value from being the closed schema of an entry, with places; the host compiles it besides. */
export function schemaProblems(schema: unknown): readonly string[] {
  if (!isNode(schema)) return ['it is not an object'];
  const problems = [...nested(schema, '')];
  if ('$async' in schema) problems.push('it has $async, so that nobody waits for its verdict');
  if (schema['type'] !== 'object') problems.push('its type is not "object"');
  if (isNode(schema['additionalProperties'])) problems.push('it allows keys of any name');
  const taken = Object.keys(isNode(schema['properties']) ? schema['properties'] : {}).filter((key) =>
    ofTheHost.includes(key),
  );
  return [...problems, ...taken.map((key) => `/properties/${key} is a key of the host`)];
}

function* nested(schema: unknown, at: string): Generator<string> {
  if (typeof schema === 'boolean') return;
  if (!isNode(schema)) {
    yield `${at} is not a schema`;
    return;
  }
  yield* own(schema, at);
  for (const keyword of ofSchemas) {
    const members = schema[keyword];
    if (members === undefined) continue;
    if (!isNode(members)) yield `${at}/${keyword} is not an object`;
    else for (const [name, member] of Object.entries(members)) yield* nested(member, `${at}/${keyword}/${name}`);
  }
  for (const keyword of listsOfSchemas) {
    const members = schema[keyword];
    if (members === undefined) continue;
    if (!Array.isArray(members)) yield `${at}/${keyword} is not a list`;
    else for (const [index, member] of members.entries()) yield* nested(member, `${at}/${keyword}/${index}`);
  }
  for (const keyword of schemas) if (schema[keyword] !== undefined) yield* nested(schema[keyword], `${at}/${keyword}`);
}

function* own(schema: Node, at: string): Generator<string> {
  const { type, pattern, required, properties, additionalProperties } = schema;
  const named = Array.isArray(type) ? type : [type];
  if (type !== undefined && !named.every((name) => types.has(name as string)))
    yield `${at}/type is no type of JSON Schema`;
  if (pattern !== undefined && !isPattern(pattern)) yield `${at}/pattern is no regular expression`;
  if (required !== undefined && !isListOfTexts(required)) yield `${at}/required is not a list of names`;
  const isObject = named.includes('object') || properties !== undefined;
  // a schema for the values of free names closes it as well
  if (isObject && additionalProperties !== false && !isNode(additionalProperties)) {
    yield `${at} lacks additionalProperties: false`;
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isPattern(value: unknown): boolean {
  try {
    return typeof value === 'string' && new RegExp(value, 'u') !== undefined;
  } catch {
    return false;
  }
}
