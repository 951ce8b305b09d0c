import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { DanubeError, isDanubeError, SecretValue } from './index.js';

test('a secret value prints as redacted wherever it is printed', () => {
  const secret = new SecretValue('hunter2');
  const printed = [String(secret), [secret].join(), JSON.stringify({ secret }), inspect({ secret }, { depth: 5 })].join(
    ' ',
  );
  expect(printed).not.toContain('hunter2');
  expect(printed.match(/\[redacted\]/g)).toHaveLength(4);
  expect(secret.reveal()).toBe('hunter2');
});

test('an error of another copy of the package is recognised, a look-alike is not', () => {
  const foreign = Object.defineProperty(new Error('x'), Symbol.for('danube.error'), { value: true });
  expect(isDanubeError(foreign)).toBe(true);
  expect(isDanubeError(Object.assign(new Error('x'), { code: 'a', category: 'invalid' }))).toBe(false);
});

test('unavailable is retryable unless it says otherwise', () => {
  expect(new DanubeError('a', 'a', { category: 'unavailable' }).retryable).toBe(true);
  expect(new DanubeError('a', 'a', { category: 'unavailable', retryable: false }).retryable).toBe(false);
  expect(new DanubeError('a', 'a', { category: 'invalid' }).retryable).toBe(false);
});
