import assert from 'node:assert/strict';
import { inspect, isDeepStrictEqual } from 'node:util';

/** That an answer is what the samples say. The message names the members that differ: not every runner shows more. */
export function assertSame(actual: object, expected: object, what: string): void {
  const names = Object.keys({ ...expected, ...actual });
  const [is, should] = [actual, expected].map((one) => new Map<string, unknown>(Object.entries(one)));
  const different = names.filter((name) => !isDeepStrictEqual(is?.get(name), should?.get(name)));
  const said = different.map((name) => `${name} is ${short(is?.get(name))}, expected ${short(should?.get(name))}`);
  assert.deepEqual(actual, expected, `${what} answers something else than the samples say: ${said.join('; ')}`);
}

function short(value: unknown): string {
  return inspect(value, { breakLength: Infinity }).slice(0, 120);
}
