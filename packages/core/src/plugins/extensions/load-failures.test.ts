import { type FixturePlugin, notifierCode } from '@danube/test-support/plugin-fixtures.js';
import { entry, integrations, PluginHostFixture } from '@danube/test-support/plugin-host-fixture.js';
import { afterEach, beforeEach, expect, test } from 'vitest';

let fixture: PluginHostFixture;

beforeEach(() => {
  fixture = new PluginHostFixture({ importMs: 20_000, importMemoryMb: 32 });
});
afterEach(() => fixture.dispose());

const hang = 'await new Promise(() => setInterval(() => {}, 1e6));';
const tooMuch = /its import takes more memory than 32 MiB$/;

const broken: readonly (readonly [string, FixturePlugin, RegExp])[] = [
  [
    'throws at import',
    { name: 'x', code: 'throw new Error("no luck\\nat /secret/path");' },
    /throws while .*: no luck$/,
  ],
  [
    'waits for nothing',
    { name: 'x', code: 'await new Promise(() => {});' },
    /its import waits for something that never/,
  ],
  ['throws later', { name: 'x', code: `setTimeout(() => { throw new Error("late"); }); ${hang}` }, /imported: late$/],
  ['throws what cannot be printed', { name: 'x', code: 'throw Object.create(null);' }, /that cannot be printed$/],
  [
    'kills itself',
    { name: 'x', code: 'process.kill(process.pid, "SIGKILL");' },
    /ends the process with the signal SIGKILL/,
  ],
  ['spoils objects', { name: 'x', code: 'Object.prototype.evil = 1;' }, /adds Object.prototype.evil, which everything/],
  [
    'speaks for the script that tries it out',
    {
      name: 'x',
      code: `import { writeSync } from "node:fs"; writeSync(3, '{"kind":"plugin"}\\n{'); throw new Error("no luck");`,
    },
    /imported: no luck$/,
  ],
  ['exits at import', { name: 'x', code: 'process.exit(3);' }, /ends the process with code 3/],
  ['eats memory', { name: 'x', code: 'const a = []; for (;;) a.push({ b: [a.length] });' }, tooMuch],
  ['eats memory at one go', { name: 'x', code: 'JSON.parse(`[${\'"a long text",\'.repeat(2e7)}1]`);' }, tooMuch],
  ['eats memory in buffers', { name: 'x', code: 'const a = []; for (;;) a.push(Buffer.alloc(1e7, 1));' }, tooMuch],
  ['does not parse', { name: 'x', code: 'export default {' }, /throws while it is imported: Unexpected/],
  ['lacks a module', { name: 'x', code: 'import "not-there";' }, /Cannot find package 'not-there'/],
  ['exports no default', { name: 'x', code: 'export const a = 1;' }, /default export but undefined; write "export/],
  ['exports a function', { name: 'x', code: 'export default () => {};' }, /default export but function/],
  [
    'wants a newer core',
    { name: 'x', range: '^1.5.0' },
    /works with @danube\/plugin-api \^1.5.0, and this core has 1.4.0/,
  ],
  ['wants an older core', { name: 'x', range: '~1.3.0' }, /install a version of the plugin that fits/],
  ['has no range', { name: 'x', range: null }, /peerDependencies\["@danube\/plugin-api"\] of x 1.2.3 is missing: name/],
  ['has an open range', { name: 'x', range: '*' }, /is "\*", which has no upper end; write .* such as "\^1.4.0"/],
  ['has a range without an end', { name: 'x', range: '^0.9.0 || >=1.2.0' }, /is "\^0.9.0 .* no upper end/],
  ['has an empty range', { name: 'x', range: '' }, /no upper end/],
  ['has an unreadable range', { name: 'x', range: 'latest' }, /is "latest", which is no range/],
  ['is no plugin', { name: 'x', manifest: { keywords: [] } }, /is not a Danube plugin/],
  ['has no danube block', { name: 'x', manifest: { danube: undefined } }, /must have required property 'danube'/],
  [
    'has an unknown key in its manifest',
    { name: 'x', manifest: { danube: { id: 'x', contributes: { notifiers: ['x'] }, apiVersion: 1 } } },
    /danube has the unknown key "apiVersion"/,
  ],
  [
    'has a package.json without end',
    { name: 'x', manifest: { filler: 'x'.repeat(1_100_000) } },
    /package.json cannot be read: it has 11\d+ bytes, and at most 1048576 are read/,
  ],
  ['has another name', { name: 'x', manifest: { name: 'y' } }, /names another package, "y"/],
  ['leads out of its folder', { name: 'x', manifest: { exports: '../../evil.js' } }, /no module within the package/],
  ['lies about its id', { name: 'x', code: notifierCode('y') }, /says id "x" and the plugin "y"/],
  ['hides a type', { name: 'x', contributes: { forges: ['x'] } }, /promises forges\/x, which the plugin lacks/],
  [
    'hides another type',
    {
      name: 'x',
      code: notifierCode('x').replace(
        '}] };',
        '}], forges: [{ type: "z", configSchema: { type: "object", additionalProperties: false }, create() {} }] };',
      ),
    },
    /holds forges\/z, which the manifest hides/,
  ],
  ['has a wrong type', { name: 'x', code: notifierCode('x', { type: 'X Y' }) }, /type "X Y" must match/],
  ['has an open schema', { name: 'x', code: notifierCode('x', { schema: '{ type: "object" }' }) }, /is open: add/],
  [
    'has an open schema within',
    {
      name: 'x',
      code: notifierCode('x', {
        schema:
          '{ type: "object", additionalProperties: false, properties: { a: { type: "object", properties: { b: { type: "string" } } } } }',
      }),
    },
    /is open at a: add/,
  ],
  [
    'has a schema that does not compile',
    {
      name: 'x',
      code: notifierCode('x', {
        schema: '{ type: "object", additionalProperties: false, properties: { a: { typ: "string" } } }',
      }),
    },
    /configSchema of notifiers\/x of x does not compile: .*"typ"/,
  ],
  [
    'has a schema whose verdict would come later',
    { name: 'x', code: notifierCode('x', { schema: '{ $async: true, type: "object", additionalProperties: false }' }) },
    /configSchema of notifiers\/x of x has "\$async", which is not accepted: remove it/,
  ],
  [
    'takes a key of Danube',
    {
      name: 'x',
      code: notifierCode('x', {
        schema: '{ type: "object", additionalProperties: false, properties: { name: { type: "string" } } }',
      }),
    },
    /declares "name", which is Danube's own key/,
  ],
  [
    'names secrets that its manifest hides',
    {
      name: 'x',
      code: notifierCode('x', {
        schema:
          '{ type: "object", additionalProperties: false, properties: { a: { type: "string", format: "danube-secret" } } }',
      }),
    },
    /names secrets, and the manifest does not say/,
  ],
  [
    'has a counter of another name',
    { name: 'x', code: notifierCode('x', { counters: '{ my_total: { help: "h", labels: [] } }' }) },
    /notifiers\/x of x has the counter "my_total"; its name must be danube_x_…_total/,
  ],
  [
    'has a counter with a label twice',
    { name: 'x', code: notifierCode('x', { counters: '{ danube_x_a_total: { help: "h", labels: ["a", "a"] } }' }) },
    /has the counter "danube_x_a_total", which has a label twice/,
  ],
];

test.each(broken)('a plugin that %s is refused and says why', async (_, plugin, message) => {
  fixture.folder.write(plugin);
  const problems = await fixture.problems(integrations(['x']));
  expect(problems).toEqual([expect.stringMatching(message)]);
  expect(problems[0]).not.toContain('/secret/path');
});

test.each(['while (true);', hang])('an import that hangs in %s is ended', async (code) => {
  const impatient = new PluginHostFixture({ importMs: 300 });
  impatient.folder.write({ name: 'x', code });
  expect(await impatient.problems(integrations(['x']))).toEqual([expect.stringMatching(/takes longer than 0.3 s/)]);
  await impatient.dispose();
});

test.each(['../x', '/opt/x', '@a/../x', 'X', 'not-installed'])('the package %s is not found', async (name) => {
  fixture.folder.write({ name: 'x' });
  expect(await fixture.problems(integrations([name]))).toEqual([expect.stringContaining(`${name} is not installed`)]);
});

test('every plugin is tried and every failure told at once', async () => {
  fixture.folder
    .write({ name: 'good' })
    .write({ name: 'bad', code: 'throw new Error("no luck");' })
    .write({ name: 'old', range: '^0.9.0' });
  const problems = await fixture.problems(integrations(['bad', 'good', 'old', 'gone'], { notifiers: [entry('good')] }));
  expect(problems.map((line) => line.slice(0, 25))).toEqual([
    'plugins[0].package: bad 1',
    'plugins[2].package: old 1',
    'plugins[3].package: gone ',
  ]);
});

test('two plugins with one type, one id, or one plugin twice: both are named', async () => {
  fixture.folder
    .write({ name: 'one' })
    .write({ name: 'two', contributes: { notifiers: ['one'] }, code: notifierCode('two', { type: 'one' }) })
    .write({ name: 'three', id: 'one', code: notifierCode('one') });
  expect(await fixture.problems(integrations(['one', 'two', 'three', 'one']))).toEqual([
    'plugins[1].package: two adds the type "one" to notifiers, as one does; enable only one of the two',
    'plugins[2].package: three has the id "one", as one has; enable only one of the two',
    'plugins[3].package: one stands twice under plugins; remove one of the two',
  ]);
});
