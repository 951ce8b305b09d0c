import { expect, test } from 'vitest';
import { contributionsOf, definePlugin, type Plugin } from './index.js';

/** For any point: what it creates is not looked at. */
const contribution = (type: string, changes: object = {}) => ({
  type,
  configSchema: {},
  create: () => ({}) as never,
  ...changes,
});
const counter = (name: string, declaration: unknown = { help: 'Calls.', labels: ['status'] }) =>
  contribution('a', { counters: { [name]: declaration } });
const sent = 'danube_my_forge_sent_total';

test.each<[object, string]>([
  [{ id: 'Git Hub' }, 'plugin id "Git Hub" must match'],
  [{}, 'plugin id "undefined" must match'],
  [{ forge: [] }, 'my-forge has the unknown member "forge"; known: id, forges, gitAuthMethods'],
  [{ forges: contribution('a') }, 'my-forge: forges is not a list'],
  [{ forges: [undefined] }, 'my-forge: forges is not an object'],
  [{ forges: [contribution('GitHub')] }, 'my-forge: forges type "GitHub" must match'],
  [{ forges: [contribution('a', { type: undefined })] }, 'type "undefined" must match'],
  [{ forges: [contribution('a'), contribution('a')] }, 'forges type "a" is declared twice'],
  [
    { notifiers: [contribution('a', { schema: {} })] },
    'notifiers type "a" has the unknown member "schema"; known: type,',
  ],
  [{ forges: [contribution('a', { configSchema: undefined })] }, 'type "a" needs a configSchema'],
  [{ forges: [contribution('a', { create: {} })] }, 'type "a" needs a function create'],
  [{ forges: [contribution('a', { counters: [] })] }, 'has counters that are no object'],
  [{ forges: [counter('sent_total')] }, 'the counter "sent_total"; its name must be danube_my_forge_…_total'],
  [{ forges: [counter('danube_my_forge_total')] }, 'its name must be'],
  [{ forges: [counter('danube_my_forge_sent')] }, 'its name must be'],
  [{ forges: [counter('danube_my_forge_Sent_total')] }, 'its name must be'],
  [{ forges: [counter(sent, 'text')] }, `"${sent}", which is not an object`],
  [{ forges: [counter(sent, { labels: [] })] }, `"${sent}" without help`],
  [{ forges: [counter(sent, { help: 'x' })] }, 'whose labels must be a list'],
  [{ forges: [counter(sent, { help: 'x', labels: ['Status'] })] }, 'whose labels must be a list of names'],
  [{ forges: [counter(sent, { help: 'x', labels: ['a', 'a'] })] }, 'which has a label twice'],
  [{ forges: [counter(sent, { help: 'x', labels: [...'abcdef'] })] }, 'with more than 5 labels'],
  [{ forges: [counter(sent, { help: 'x'.repeat(501), labels: [] })] }, 'whose help is longer than 500 characters'],
  [{ forges: [counter(sent, { help: 'x', labels: [], unit: 's' })] }, 'the unknown member "unit"; known: help, labels'],
  [
    { forges: [contribution('a', { counters: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [n, {}])) })] },
    'has more than 20 counters',
  ],
])('%j is refused: %s', (members, message) => {
  const plugin = (
    'id' in members || Object.keys(members).length === 0 ? members : { id: 'my-forge', ...members }
  ) as Plugin;
  expect(() => definePlugin(plugin)).toThrow(expect.objectContaining({ code: 'plugin_invalid', category: 'invalid' }));
  expect(() => definePlugin(plugin)).toThrow(message);
});

test('the same type may stand in two extension points, and counters are named after the plugin', () => {
  const plugin = definePlugin({ id: 'my-forge', forges: [counter(sent)], notifiers: [contribution('a')] });
  expect(Object.isFrozen(plugin)).toBe(true);
  expect(contributionsOf(plugin, 'forges').map(({ type }) => type)).toEqual(['a']);
  expect(contributionsOf(plugin, 'storages')).toEqual([]);
});
