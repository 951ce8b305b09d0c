import { notifierCode } from '@danube/test-support/plugin-fixtures.js';
import { entry, integrations, never, PluginHostFixture } from '@danube/test-support/plugin-host-fixture.js';
import { afterAll, beforeAll, expect, test } from 'vitest';

let fixture: PluginHostFixture;

const schema = `{ type: 'object', additionalProperties: false, required: ['channel'], properties: {
  channel: { type: 'string', pattern: '^#', patternErrorMessage: 'a name that begins with "#"' },
  retries: { type: 'integer', minimum: 0 },
  nested: { type: 'object', additionalProperties: false, properties: { colour: { enum: ['red', 'green'] } } },
} }`;

beforeAll(() => {
  fixture = new PluginHostFixture();
  fixture.folder
    .write({ name: 'chat', code: notifierCode('chat', { schema }) })
    .write({ name: '@acme/danube-plugin-pager', contributes: { notifiers: ['pager'] }, code: notifierCode('pager') });
});
afterAll(() => fixture.dispose());

const notifier = (config: Readonly<Record<string, unknown>>) => entry('chat', config as never);

test.each([
  [{ channel: '#a', retries: 3 }, []],
  [{}, ['notifiers[0]: "channel" is missing']],
  [{ channel: 'a' }, ['notifiers[0].channel: "a" is not accepted (accepted: a name that begins with "#")']],
  [{ channel: '#a', retires: 3 }, ['notifiers[0].retires: unknown key "retires" (did you mean "retries"?)']],
  [{ channel: '#a', nam: 'x' }, ['notifiers[0].nam: unknown key "nam" (did you mean "name"?)']],
  [{ channel: '#a', retries: '3' }, ['notifiers[0].retries: must be a whole number, not the string "3"']],
  [
    { channel: '#a', nested: { colour: 'gren' } },
    ['notifiers[0].nested.colour: "gren" is not accepted (did you mean "green"?)'],
  ],
])('an entry with %j has these problems', async (config, problems) => {
  const settings = integrations(['chat'], { notifiers: [notifier(config)] });
  expect(await fixture.problems(settings)).toEqual(problems);
  expect((await fixture.host.check(settings, never)).problems).toHaveLength(problems.length);
});

test('an unknown type names what would have it, or what there is', async () => {
  const settings = integrations(['chat'], { notifiers: [entry('chatt'), entry('pager')], builders: [entry('kaniko')] });
  expect(await fixture.problems(settings)).toEqual([
    'notifiers[0].type: unknown type "chatt" (did you mean "chat"?)',
    `notifiers[1].type: unknown type "pager" (add "- package: '@acme/danube-plugin-pager'" to plugins)`,
    'builders[0].type: unknown type "kaniko" (enable a plugin that has it; no enabled one adds a type here)',
  ]);
});

test('a name stands once in a section, and may stand in another one', async () => {
  const one = { ...notifier({ channel: '#a' }), name: 'main' };
  const settings = integrations(['chat'], { notifiers: [one, { ...one, config: { channel: '#b' } }] });
  expect(await fixture.problems(settings)).toEqual([
    'notifiers[1].name: the name "main" stands twice, first at notifiers[0] (give one of the two another name)',
  ]);
});

test('a plugin that is not installed is blamed only for what no readable manifest has', async () => {
  fixture.folder.write({ name: 'bad', code: 'throw new Error("no luck");' });
  const entries = [entry('bad'), entry('far-away'), entry('gone_token')];
  await fixture.apply(integrations(['danube-plugin-gone?', 'bad?', 'chat'], { notifiers: entries }));
  expect(fixture.host.states()).toMatchObject([
    { reason: expect.stringMatching(/; left out: notifiers "far-away", notifiers "gone_token"$/) as string },
    { reason: expect.stringMatching(/no luck; left out: notifiers "bad"$/) as string },
    { status: 'loaded' },
  ]);
});

test('an optional plugin that is not installed hides no mistake of new settings', async () => {
  const settings = integrations(['gone?', 'bad?', 'chat'], {
    notifiers: [entry('chatt'), entry('baad'), entry('pager')],
  });
  expect(await fixture.problems(settings)).toEqual([
    'notifiers[0].type: unknown type "chatt" (did you mean "chat"?)',
    'notifiers[1].type: unknown type "baad" (did you mean "bad"?)',
    `notifiers[2].type: unknown type "pager" (add "- package: '@acme/danube-plugin-pager'" to plugins)`,
  ]);
});

test('a type that is near to another one belongs to the missing plugin that is called like it', async () => {
  const settings = integrations(['@acme/danube-plugin-chap?', 'chat'], { notifiers: [entry('chap')] });
  expect(await fixture.problems(settings)).toEqual([]);
});

test('at boot nothing that was in force before counts as a mistake while a plugin is missing', async () => {
  await fixture.host.boot(integrations(['gone?', 'chat'], { notifiers: [entry('chatt')] }), never);
  expect(fixture.host.states()).toMatchObject([
    { package: 'gone', status: 'quarantined', reason: expect.stringContaining('notifiers "chatt"') as string },
    { package: 'chat', status: 'loaded' },
  ]);
});
