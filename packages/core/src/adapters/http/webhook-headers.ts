/**
 * Headers as the contract of forges wants them: names in lower case, and every value that was sent. Node itself keeps only the
 * first of some that were repeated, so that a second signature would go unnoticed.
 */
export function webhookHeaders(rawHeaders: readonly string[]): Readonly<Record<string, string>> {
  const values = new Map<string, string[]>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    values.set(name, [...(values.get(name) ?? []), rawHeaders[index + 1] ?? '']);
  }
  return Object.fromEntries([...values].map(([name, all]) => [name, all.join(', ')]));
}
