import type { TestFunction } from '@danube/plugin-api/testing';

/** First lines that leave the author without what is wrong; `danube plugins check` shows no more than the first. */
const saysNothing = /^AssertionError \[\w+\]: (?:\S*|Expected (?:values|inputs?) .*|The input did not match .*)$/;

/** Runs the checks of a kit one after the other; answers the names of all, and the messages of those that failed. */
export async function collectFailures(
  registerChecks: (test: TestFunction) => void,
): Promise<{ readonly names: readonly string[]; readonly failed: Readonly<Record<string, string>> }> {
  const checks: [string, () => Promise<void>][] = [];
  registerChecks((name, body) => checks.push([name.replace(/^\S+ \S+: /, ''), body]));
  const failed: Record<string, string> = {};
  for (const [name, body] of checks) {
    await body().catch((error: unknown) => (failed[name] = described(error)));
  }
  return { names: checks.map(([name]) => name), failed };
}

function described(error: unknown): string {
  const text = String(error);
  const [first = ''] = text.split('\n');
  if (saysNothing.test(first)) throw new Error(`the first line of a failure says nothing: ${text}`);
  return text;
}
