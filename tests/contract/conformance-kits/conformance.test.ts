import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { definePlugin } from '@danube/plugin-api';
import { defineConformance, runConformance } from '@danube/plugin-api/testing';
import { afterAll, expect, test } from 'vitest';
import { collectFailures } from './collect-failures.js';
import { exampleForge } from './example-forge.js';
import { exampleForgeSamples } from './example-forge-samples.js';
import { exampleGitAuth, exampleGitAuthSamples } from './example-git-auth.js';
import { exampleStorage, exampleStorageSamples } from './example-storage.js';

const plugin = definePlugin({
  id: 'example',
  forges: [exampleForge],
  gitAuthMethods: [exampleGitAuth],
  storages: [exampleStorage(() => ({}))],
});
const folder = mkdtempSync(join(tmpdir(), 'danube-manifests-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A package.json with this manifest. */
function packageWith(danube: object | undefined): URL {
  const file = join(mkdtempSync(join(folder, 'package-')), 'package.json');
  writeFileSync(file, JSON.stringify({ danube }));
  return pathToFileURL(file);
}
const manifest = {
  id: 'example',
  contributes: { forges: ['example'], gitAuthMethods: ['example'], storages: ['example'] },
  capabilities: { secrets: true },
};
const complete = defineConformance({
  packageFile: packageWith(manifest),
  forges: { example: exampleForgeSamples },
  gitAuthMethods: { example: exampleGitAuthSamples },
  storages: { example: exampleStorageSamples },
});

test('every contribution goes through the kit of its extension point', async () => {
  const registered: string[] = [];
  runConformance((name) => registered.push(name), plugin, complete);
  const kits = new Set(registered.map((name) => name.replace(/: .*/s, '')));
  expect([...kits]).toEqual(['manifest example', 'forges example', 'gitAuthMethods example', 'storages example']);
  expect(new Set(registered).size).toBe(registered.length);
  expect((await collectFailures((register) => runConformance(register, plugin, complete))).failed).toEqual({});
});

test('a contribution without samples fails, and so do samples without a contribution', async () => {
  const { failed } = await collectFailures((register) =>
    runConformance(register, definePlugin({ id: 'example', gitAuthMethods: [exampleGitAuth] }), {
      packageFile: packageWith({ ...manifest, contributes: { gitAuthMethods: ['example'] } }),
      gitAuthMethods: { other: exampleGitAuthSamples },
      storages: { example: exampleStorageSamples },
    }),
  );
  expect(Object.keys(failed)).toEqual(['it has samples', 'it is a contribution']);
  expect(failed['it is a contribution']).toContain('the plugin does not add it');
});

const { contributes } = manifest;
const named = 'danube.contributes names what the plugin adds, and nothing else';

test.each<[string, string, object | undefined, RegExp]>([
  ['has another id', 'danube.id is the id of the plugin', { ...manifest, id: 'other' }, /other/],
  ['hides a type', named, { ...manifest, contributes: { ...contributes, storages: [] } }, /storages\/example/],
  [
    'hides all',
    named,
    { id: 'example', capabilities: { secrets: true } },
    /does not name .*forges\/example.*, which the plugin adds/,
  ],
  ['has a type more', named, { ...manifest, contributes: { ...contributes, notifiers: ['x'] } }, /notifiers\/x/],
  [
    'has it at another point',
    named,
    { ...manifest, contributes: { ...contributes, builders: ['example'] } },
    /builders/,
  ],
  [
    'hides secrets',
    'danube.capabilities.secrets is true where an entry may name secrets',
    { ...manifest, capabilities: {} },
    /secrets/,
  ],
  ['is none', named, undefined, /package\.json has no block "danube"/],
])('a plugin whose manifest %s fails "%s"', async (_, check, danube, message) => {
  const wrong = { ...complete, packageFile: packageWith(danube) };
  const { failed } = await collectFailures((register) => runConformance(register, plugin, wrong));
  expect(failed[check]).toMatch(message);
  if (danube !== undefined) expect(Object.keys(failed)).toEqual([check]);
});

test('samples that do not say where package.json is fail, with what to write', async () => {
  const rest = { forges: complete.forges, gitAuthMethods: complete.gitAuthMethods, storages: complete.storages };
  const { failed } = await collectFailures((register) =>
    runConformance(register, plugin, rest as unknown as typeof complete),
  );
  expect(failed[named]).toContain("packageFile: new URL('../package.json', import.meta.url)");
});
