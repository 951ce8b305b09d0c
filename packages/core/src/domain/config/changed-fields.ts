function yamlName(field: string): string {
  return field.replace(/Ms$/, '').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A key that is absent equals one that is undefined. Called for every pipeline at every change, so it allocates nothing. */
function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => equal(item, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  for (const key in a) if (!equal(a[key], b[key])) return false;
  for (const key in b) if (b[key] !== undefined && a[key] === undefined) return false;
  return true;
}

/** Two levels deep, which is where the fields of a specification are; what lies deeper counts as its field. */
function collect(before: unknown, after: unknown, path: string, depth: number): readonly string[] {
  if (equal(before, after)) return [];
  if (depth === 0 || !isRecord(before) || !isRecord(after)) return [path];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) =>
    collect(before[key], after[key], path === '' ? yamlName(key) : `${path}.${yamlName(key)}`, depth - 1),
  );
}

/** Paths of the fields that differ, as written in YAML; `origin` stays whole. */
export function changedFields(before: object, after: object): readonly string[] {
  const fields = collect(before, after, '', 2);
  return [...new Set(fields.map((field) => (field.startsWith('origin.') ? 'origin' : field)))];
}
