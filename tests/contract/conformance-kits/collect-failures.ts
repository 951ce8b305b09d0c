import type { TestFunction } from '@danube/plugin-api/testing';

/** Runs the checks of a kit one after the other; answers the names of all, and the messages of those that failed. */
export async function collectFailures(
  registerChecks: (test: TestFunction) => void,
): Promise<{ readonly names: readonly string[]; readonly failed: Readonly<Record<string, string>> }> {
  const checks: [string, () => Promise<void>][] = [];
  registerChecks((name, body) => checks.push([name.replace(/^\S+ \S+: /, ''), body]));
  const failed: Record<string, string> = {};
  for (const [name, body] of checks) {
    await body().catch((error: unknown) => (failed[name] = String(error)));
  }
  return { names: checks.map(([name]) => name), failed };
}
