type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 7386: null removes, objects merge, all else replaces. Lists named in `mergedByName` merge by the name of their items. */
export function mergePatch(target: unknown, patch: unknown, mergedByName: readonly string[] = []): unknown {
  if (!isFields(patch)) return patch;
  const merged: Record<string, unknown> = isFields(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else if (mergedByName.includes(key)) merged[key] = mergeByName(merged[key], value, mergedByName);
    else merged[key] = mergePatch(merged[key], value, mergedByName);
  }
  return merged;
}

function mergeByName(target: unknown, patch: unknown, mergedByName: readonly string[]): unknown {
  if (!Array.isArray(patch)) return patch;
  const merged: unknown[] = Array.isArray(target) ? [...(target as unknown[])] : [];
  for (const item of patch as unknown[]) {
    const index = merged.findIndex((one) => isFields(one) && isFields(item) && one['name'] === item['name']);
    if (index < 0) merged.push(mergePatch(undefined, item, mergedByName));
    else merged[index] = mergePatch(merged[index], item, mergedByName);
  }
  return merged;
}
