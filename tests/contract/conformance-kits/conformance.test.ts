import { definePlugin } from '@danube/plugin-api';
import { defineConformance, runConformance } from '@danube/plugin-api/testing';
import { expect, test } from 'vitest';
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
const complete = defineConformance({
  forges: { example: exampleForgeSamples },
  gitAuthMethods: { example: exampleGitAuthSamples },
  storages: { example: exampleStorageSamples },
});

test('every contribution goes through the kit of its extension point', async () => {
  const registered: string[] = [];
  runConformance((name) => registered.push(name), plugin, complete);
  const kits = new Set(registered.map((name) => name.replace(/: .*/s, '')));
  expect([...kits]).toEqual(['forges example', 'gitAuthMethods example', 'storages example']);
  expect(new Set(registered).size).toBe(registered.length);
  expect((await collectFailures((register) => runConformance(register, plugin, complete))).failed).toEqual({});
});

test('a contribution without samples fails, and so do samples without a contribution', async () => {
  const { failed } = await collectFailures((register) =>
    runConformance(register, definePlugin({ id: 'example', gitAuthMethods: [exampleGitAuth] }), {
      gitAuthMethods: { other: exampleGitAuthSamples },
      storages: { example: exampleStorageSamples },
    }),
  );
  expect(Object.keys(failed)).toEqual(['it has samples', 'it is a contribution']);
  expect(failed['it is a contribution']).toContain('the plugin does not add it');
});
