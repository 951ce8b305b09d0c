import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { DanubeError, definePlugin, isDanubeError, SecretValue, type Plugin } from './index.js';

/** For any point: what it creates is not looked at. */
const contribution = (type: string) => ({ type, configSchema: {}, create: () => ({}) as never });

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

test.each<[Plugin, RegExp]>([
  [{ id: 'Git Hub' }, /plugin id "Git Hub"/],
  [{ id: 'x', forges: [contribution('GitHub')] }, /forges type "GitHub"/],
  [{ id: 'x', forges: [contribution('a'), contribution('a')] }, /"a" is declared twice/],
])('a plugin that breaks the contract is refused: %j', (plugin, message) => {
  expect(() => definePlugin(plugin)).toThrow(message);
});

test('the same type may stand in two extension points', () => {
  const plugin = definePlugin({ id: 'x', forges: [contribution('a')], notifiers: [contribution('a')] });
  expect(Object.isFrozen(plugin)).toBe(true);
});
