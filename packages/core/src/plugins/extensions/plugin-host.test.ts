import { notifierCode, schemaCode } from '@danube/test-support/plugin-fixtures.js';
import { entry, integrations, never, PluginHostFixture } from '@danube/test-support/plugin-host-fixture.js';
import { afterEach, beforeEach, expect, test } from 'vitest';

const told = globalThis as { fixtureCalls?: string[] };
let fixture: PluginHostFixture;
let calls: string[];

beforeEach(() => {
  fixture = new PluginHostFixture();
  calls = told.fixtureCalls = [];
});
afterEach(async () => {
  await fixture.dispose();
  delete told.fixtureCalls;
});

const names = () => fixture.active.current.notifiers.map(({ name }) => name);

test('an entry becomes an instance that is started; a CommonJS plugin is one too', async () => {
  const common = notifierCode('old').replace('export default', 'exports.default =');
  fixture.folder.write({ name: 'new' }).write({ name: '@acme/danube-plugin-old', format: 'commonjs', code: common });
  await fixture.apply(
    integrations(['new', '@acme/danube-plugin-old'], {
      notifiers: [entry('new', { text: 'a' }), entry('old', { text: 'b' }, 'second')],
    }),
  );
  expect(names()).toEqual(['new', 'second']);
  await fixture.active.current.notifiers[1]?.notifier.notify({ id: '7' } as never, never);
  expect(calls.sort()).toEqual(['new start a', 'old notify 7', 'old start b']);
  expect(fixture.host.states()).toMatchObject([
    { package: 'new', version: '1.2.3', origin: 'data_directory', status: 'loaded' },
    { package: '@acme/danube-plugin-old', id: 'old', contributes: [{ point: 'notifiers', type: 'old' }] },
  ]);
});

test('what stays as it is keeps its instance, what changes gets a new one, and what goes is stopped', async () => {
  fixture.folder.write({ name: 'x' });
  const settings = (...texts: string[]) =>
    integrations(['x'], { notifiers: texts.map((text) => entry('x', { text }, `n-${text[0]}`)) });
  await fixture.apply(settings('a', 'b1'));
  const kept = fixture.active.current.notifiers[0]?.notifier;
  await fixture.apply(settings('a', 'b2'));
  expect(fixture.active.current.notifiers[0]?.notifier).toBe(kept);
  await fixture.host.stop();
  expect(calls).toEqual(['x start a', 'x start b1', 'x start b2', 'x stop b1', 'x stop a', 'x stop b2']);
});

test('a call in a replaced instance ends before the instance is stopped', async () => {
  const members =
    'async notify() { told("begin"); await new Promise((end) => { globalThis.fixtureEnd = end; }); told("end"); },';
  fixture.folder.write({ name: 'x', code: notifierCode('x', { members }) });
  await fixture.apply(integrations(['x'], { notifiers: [entry('x')] }));
  const call = fixture.active.current.notifiers[0]?.notifier.notify({ id: '1' } as never, never);
  await fixture.apply(integrations(['x']));
  expect(names()).toEqual([]);
  (globalThis as unknown as { fixtureEnd: () => void }).fixtureEnd();
  await call;
  await fixture.host.stop();
  expect(calls).toEqual(['x start ', 'x begin', 'x end', 'x stop ']);
});

test('an instance that does not start keeps the old set, with everything new stopped again', async () => {
  fixture.folder.write({ name: 'x' }).write({
    name: 'bad',
    code: notifierCode('bad', { members: 'async start() { throw new Error("no route"); },' }),
  });
  await fixture.apply(integrations(['x'], { notifiers: [entry('x', { text: 'old' })] }));
  const next = [entry('x', { text: 'new' }), entry('bad')];
  expect(await fixture.problems(integrations(['x', 'bad'], { notifiers: next }))).toEqual([
    'notifiers[1]: it could not be started: plugin bad failed in notifiers.start: no route',
  ]);
  expect(calls).toEqual(['x start old', 'x start new', 'bad stop ', 'x stop new']);
  expect(names()).toEqual(['x']);
  await fixture.apply(integrations(['x', 'bad?'], { notifiers: next }));
  expect(names()).toEqual(['x']);
  expect(fixture.host.states()).toMatchObject([
    { status: 'loaded' },
    {
      package: 'bad',
      status: 'degraded',
      reason: expect.stringContaining('notifiers "bad" is left out: plugin bad') as string,
    },
  ]);
});

test.each([
  ['throws what cannot be printed', 'async start() { throw Object.create(null); },', /it threw something that cannot/],
  [
    'throws what cannot be read',
    'async start() { throw { get message() { throw 1; }, get category() { throw 1; } }; },',
    /failed in/,
  ],
  [
    'throws a half DanubeError',
    'start() { throw { [Symbol.for("danube.error")]: true, category: {} }; },',
    /failed in/,
  ],
  [
    'lacks a function',
    'notify: undefined,',
    /broke the contract in notifiers.create: the instance has no function notify/,
  ],
  ['has a start that is none', 'start: true,', /start of the instance is no function/],
])('an instance that %s is a failure of its plugin alone', async (_, members, message) => {
  fixture.folder.write({ name: 'x' }).write({ name: 'bad', code: notifierCode('bad', { members }) });
  await fixture.apply(integrations(['x', 'bad?'], { notifiers: [entry('x'), entry('bad')] }));
  expect(names()).toEqual(['x']);
  expect(fixture.host.states()[1]).toMatchObject({
    status: 'degraded',
    reason: expect.stringMatching(message) as string,
  });
});

test('a plugin that is something else in the server than where it was tried fails alone', async () => {
  const code = notifierCode('bad').replace('export default', 'export default globalThis.fixtureCalls ? null :');
  fixture.folder.write({ name: 'x' }).write({ name: 'bad', code });
  await fixture.apply(integrations(['x', 'bad?'], { notifiers: [entry('x')] }));
  expect(fixture.host.states()[1]).toMatchObject({ reason: /bad 1.2.3 cannot be loaded into the server: / as never });
});

test('no secret that a plugin puts into its errors is shown', async () => {
  const members = `async start(signal) {
    const value = (await context.secret(config.secret, signal)).reveal();
    if (config.text === undefined) throw new Error('cannot log in with ' + value);
    const error = new Error('as ' + value + ' again');
    throw Object.assign(error, { code: 'login_failed', category: 'forbidden', [Symbol.for('danube.error')]: true });
  },`;
  fixture.folder.write({ name: 'x', secrets: true, code: notifierCode('x', { schema: schemaCode, members }) });
  fixture.secrets.set('mine', 'hunter2');
  const notifiers = [entry('x', { secret: 'mine' }), entry('x', { secret: 'mine', text: 'own' }, 'second')];
  await fixture.apply(integrations(['x?'], { notifiers }));
  expect(fixture.host.states()[0]?.reason).toMatch(/cannot log in with \[redacted\].*: as \[redacted\] again$/);
});

test('a plugin without a range is refused by name, with the types that it adds', async () => {
  fixture.folder.write({ name: 'x', range: null }).write({ name: 'y', range: '' });
  await fixture.apply(integrations(['x?', 'y?'], { notifiers: [entry('x')] }));
  expect(fixture.host.states()).toMatchObject([
    { version: '1.2.3', reason: /is missing: name the versions .*; left out: notifiers "x"$/ as never },
    { reason: expect.not.stringContaining('left out') as string },
  ]);
});

test('an optional plugin that fails is quarantined with its entries; the others work', async () => {
  fixture.folder.write({ name: 'x' }).write({ name: 'bad', code: 'throw new Error("no luck");' });
  await fixture.apply(integrations(['bad?', 'x'], { notifiers: [entry('bad'), entry('x')] }));
  expect(names()).toEqual(['x']);
  expect(fixture.host.states()).toMatchObject([
    {
      package: 'bad',
      status: 'quarantined',
      reason: expect.stringMatching(/no luck; left out: notifiers "bad"$/) as string,
    },
    { package: 'x', status: 'loaded' },
  ]);
  expect(fixture.loggers.messages('warn')).toEqual(['a plugin is quarantined']);
});

test('a required plugin that fails stops the boot with one report of all failures', async () => {
  fixture.folder.write({ name: 'bad', code: 'throw new Error("no luck");' }).write({ name: 'old', range: '^0.1.0' });
  const settings = integrations(['bad', 'old'], { notifiers: [entry('bad')] });
  await expect(fixture.host.boot(settings, never)).rejects.toMatchObject({
    code: 'plugins_failed',
    message: expect.stringMatching(
      /plugins\[0\].package: bad .*no luck\n {2}plugins\[1\].package: old 1.2.3 works with/,
    ) as string,
  });
});

test('at boot an entry that an optional plugin no longer accepts is left out; as new settings it is a mistake', async () => {
  fixture.folder.write({ name: 'x' });
  const settings = integrations(['x?'], { notifiers: [entry('x', { txt: 'a' })] });
  expect(await fixture.problems(settings)).toEqual(['notifiers[0].txt: unknown key "txt" (did you mean "text"?)']);
  await fixture.host.boot(settings, never);
  expect(names()).toEqual([]);
  expect(fixture.host.states()).toMatchObject([{ status: 'degraded', reason: /unknown key "txt"/ as never }]);
});

test('giving up leaves nothing running', async () => {
  const members =
    'start(signal) { told("start"); globalThis.fixtureStarted(); return new Promise((_, no) => signal.addEventListener("abort", () => no(signal.reason))); },';
  fixture.folder.write({ name: 'x', code: notifierCode('x', { members }) });
  const stopping = new AbortController();
  const started = new Promise<void>((resolve) => Object.assign(globalThis, { fixtureStarted: resolve }));
  const preparing = fixture.host.prepare(integrations(['x'], { notifiers: [entry('x')] }), stopping.signal);
  await started;
  stopping.abort(new Error('the server stops'));
  await expect(preparing).rejects.toThrow('the server stops');
  expect(calls).toEqual(['x start', 'x stop ']);
});

test('an instance gets the secrets that its entry names, and no other', async () => {
  const members = 'async notify({ id }, signal) { told((await context.secret(id, signal)).reveal()); },';
  fixture.folder.write({ name: 'x', secrets: true, code: notifierCode('x', { schema: schemaCode, members }) });
  fixture.secrets.set('mine', 'value-1').set('other', 'value-2');
  await fixture.apply(
    integrations(['x'], {
      notifiers: [entry('x', { secret: 'mine', text: 'other' }), entry('x', { secret: 'gone' }, 'second')],
    }),
  );
  const [first, second] = fixture.active.current.notifiers;
  await first?.notifier.notify({ id: 'mine' } as never, never);
  expect(calls.at(-1)).toBe('x value-1');
  await expect(first?.notifier.notify({ id: 'other' } as never, never)).rejects.toMatchObject({
    code: 'secret_not_granted',
    message: 'notifiers "x" does not name the secret "other" in its configuration',
  });
  await expect(second?.notifier.notify({ id: 'gone' } as never, never)).rejects.toMatchObject({
    code: 'secret_not_found',
  });
});

test('a secret that nobody has stored degrades the plugin of the entry that names it, until it is stored', async () => {
  fixture.folder.write({ name: 'x', secrets: true, code: notifierCode('x', { schema: schemaCode }) });
  fixture.secrets.set('there', 'value-1');
  const notifiers = [entry('x', { secret: 'there' }), entry('x', { secret: 'gone', text: 'other' }, 'second')];
  await fixture.apply(integrations(['x'], { notifiers }));
  const problem =
    'notifiers "second" names the secret "gone", which is not stored; set it with "danube secret set gone"';
  expect(await fixture.host.missingSecrets()).toEqual([{ package: 'x', problem }]);
  expect(await fixture.host.describe()).toMatchObject([{ package: 'x', status: 'degraded', reason: problem }]);
  fixture.secrets.set('gone', 'value-2');
  expect(await fixture.host.describe()).toMatchObject([{ package: 'x', status: 'loaded', reason: undefined }]);
});

test('an instance counts what its plugin declared', async () => {
  const counters = '{ danube_x_sent_total: { help: "Sent.", labels: ["kind"] } }';
  const members = 'async notify({ id }) { context.count(id, { kind: "a" }); },';
  fixture.folder.write({ name: 'x', code: notifierCode('x', { counters, members }) });
  await fixture.apply(integrations(['x'], { notifiers: [entry('x')] }));
  const notifier = fixture.active.current.notifiers[0]?.notifier;
  await notifier?.notify({ id: 'danube_x_sent_total' } as never, never);
  expect(fixture.counters).toEqual(['danube_x_sent_total']);
  expect(fixture.metrics.get('danube_x_sent_total', { kind: 'a' })).toBe(1);
  await expect(notifier?.notify({ id: 'danube_jobs_total' } as never, never)).rejects.toMatchObject({
    code: 'plugin_counter_refused',
  });
});

test('checkHealth is asked of the instances that have it', async () => {
  const members = 'async checkHealth() { throw new Error("down"); },';
  fixture.folder.write({ name: 'x', code: notifierCode('x', { members }) }).write({ name: 'y' });
  await fixture.apply(integrations(['x', 'y'], { notifiers: [entry('x', {}, 'main'), entry('y')] }));
  const [check, ...others] = fixture.host.healthChecks();
  expect(others).toEqual([]);
  expect(check?.name).toBe('notifiers "main"');
  await expect(check?.check(never)).rejects.toMatchObject({ code: 'plugin_failed' });
});
