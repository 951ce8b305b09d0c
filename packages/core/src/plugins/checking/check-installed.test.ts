import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { notifierCode, PluginFolder } from '@danube/test-support/plugin-fixtures.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pluginLimits } from '../limits.js';
import { type CheckedPlugin, checkInstalled } from './check-installed.js';

let folder: PluginFolder;
beforeEach(() => {
  folder = new PluginFolder();
});
afterEach(() => folder.dispose());

/** Runs the bodies that the samples list, as a kit does. */
const kit = `export function runConformance(test, plugin, samples) {
  for (const name of Object.keys(samples)) test(plugin.id + ': ' + name, samples[name]);
}`;

async function check(conformanceMs = 20_000): Promise<readonly CheckedPlugin[]> {
  const kitFile = join(folder.dataDir, 'kit.mjs');
  writeFileSync(kitFile, kit);
  const checked: CheckedPlugin[] = [];
  const options = {
    places: [{ folder: join(folder.dataDir, 'plugins', 'node_modules'), origin: 'data_directory' as const }],
    builtIns: [],
    apiVersion: '1.4.0',
    limits: pluginLimits,
    kitUrl: pathToFileURL(kitFile).href,
    conformanceMs,
  };
  for await (const plugin of checkInstalled(options, () => undefined)) checked.push(plugin);
  return checked;
}

function writeWithSamples(name: string, samples: string): void {
  const danube = { id: name, contributes: { notifiers: [name] }, conformance: './samples.js' };
  folder.write({ name, manifest: { danube }, files: { 'samples.js': `export default ${samples};` } });
}

test('each plugin is checked as far as it gets; other packages are left alone', async () => {
  folder
    .write({ name: 'left-pad', manifest: { keywords: [] } })
    .write({ name: 'a-good' })
    .write({ name: 'b-old', range: '^0.1.0' })
    .write({ name: 'c-same', contributes: { notifiers: ['a-good'] }, code: notifierCode('c-same', { type: 'a-good' }) })
    .write({ name: 'd-bad', code: 'throw new Error("no luck");' })
    .write({ name: 'e-unreadable', manifest: { danube: {} } })
    .write({ name: 'f-no-json', files: { 'package.json': '{ "name": ' } });
  const results = (await check()).map(({ package: name, checks }) => [
    name,
    checks.at(-1)?.check,
    checks.at(-1)?.result,
  ]);
  expect(results).toEqual([
    ['a-good', 'conformance', 'none'],
    ['b-old', 'compatibility', 'failed'],
    ['c-same', 'types', 'failed'],
    ['d-bad', 'code', 'failed'],
    ['e-unreadable', 'manifest', 'failed'],
    ['f-no-json', 'manifest', 'failed'],
  ]);
});

test('the kits run with the samples of the plugin, and name each check that fails', async () => {
  writeWithSamples('good', '{ one: async () => {}, two: async () => {} }');
  writeWithSamples('bad', '{ one: async () => {}, two: async () => { throw new Error("not idempotent"); } }');
  const [bad, good] = await check();
  expect(good?.checks.at(-1)).toEqual({ check: 'conformance', result: 'ok', remarks: ['2 checks'] });
  expect(bad?.checks.at(-1)).toEqual({ check: 'conformance', result: 'failed', remarks: ['bad: two: not idempotent'] });
});

test.each([
  ['hangs', '{ one: () => new Promise(() => setInterval(() => {}, 1e6)) }', 'x: one: it takes longer than 3 s'],
  ['exits', '{ one: async () => process.exit(0) }', 'x: one: it ends the process with code 0'],
  ['crashes', '{ one: () => new Promise(() => setTimeout(() => { throw new Error("stray"); })) }', 'x: one: stray'],
  ['aborts', '{ one: async () => process.abort() }', 'x: one: it ends the process with the signal SIGABRT'],
  ['is empty', '{}', 'before the first check: the samples lead to no check'],
  ['throws', '(() => { throw new Error("no samples"); })()', 'before the first check: no samples'],
])('a run that %s fails', async (_, samples, problem) => {
  writeWithSamples('x', samples);
  const [x] = await check(problem.includes('longer') ? 3_000 : 20_000);
  expect(x?.checks.at(-1)).toEqual({ check: 'conformance', result: 'failed', remarks: [problem] });
});
