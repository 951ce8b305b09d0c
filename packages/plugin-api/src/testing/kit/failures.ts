import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { isDanubeError, type DanubeError, type ErrorCategory } from '../../errors.js';
import type { Setting } from './setting.js';

const longestWaitMs = 2000;
const shortestSecret = 6;

/** What a promise came to, once it has ended in a time that an abort may take. */
export async function settled(work: Promise<unknown>): Promise<PromiseSettledResult<unknown>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new assert.AssertionError({ message: 'it did not end' })), longestWaitMs);
  });
  try {
    const [result] = await Promise.race([Promise.allSettled([work]), late]);
    return result;
  } finally {
    clearTimeout(timer);
  }
}

/** The error that a call ends in; a call that succeeds fails the check. */
export async function rejection(work: Promise<unknown>, when: string): Promise<unknown> {
  const result = await settled(work);
  return result.status === 'rejected' ? result.reason : assert.fail(`it succeeded ${when}`);
}

/** The error as a DanubeError with what is expected of it, which is not repeated from what `setting` keeps secret. */
export function assertDanubeError(
  error: unknown,
  expected: { readonly code?: string; readonly category?: ErrorCategory; readonly retryable?: boolean },
  setting: Setting,
): DanubeError {
  assert.ok(isDanubeError(error), `it is no DanubeError: ${inspect(error)}`);
  const actual = Object.fromEntries(Object.keys(expected).map((key) => [key, error[key as keyof DanubeError]]));
  assert.deepEqual(
    actual,
    { ...expected },
    `the error "${error.message}" has ${inspect(actual)}, not ${inspect(expected)}`,
  );
  assert.match(error.code, /^[a-z][a-z0-9_]*$/, 'the code is lower-case words');
  assertNoSecret(error, setting, 'the error');
  return error;
}

/** That nobody finds a secret by printing a value. */
export function assertNoSecret(value: unknown, setting: Setting, what: string, more: readonly string[] = []): void {
  const printed = printedForms(value).join('\n');
  for (const secret of [...Object.values(setting.secrets ?? {}), ...more]) {
    assert.ok(
      secret.length >= shortestSecret,
      'secrets of samples have at least 6 characters, so that they can be found',
    );
    assert.ok(!printed.includes(secret), `${what} shows a secret`);
  }
}

function printedForms(value: unknown): readonly string[] {
  const inspected = inspect(value, { depth: 12, showHidden: true, maxStringLength: null, maxArrayLength: null });
  return [inspected, String(value instanceof Error ? value.stack : ''), json(value)];
}

function json(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}
