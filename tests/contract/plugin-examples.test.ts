import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Plugin } from '@danube/plugin-api';
import { runConformance, type Conformance } from '@danube/plugin-api/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

const page = await readFile(new URL('../../docs/plugins/writing-other-plugins.md', import.meta.url), 'utf8');
const pluginApi = fileURLToPath(new URL('../../packages/plugin-api', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'danube-plugin-examples-'));
  await mkdir(join(folder, 'node_modules/@danube'), { recursive: true });
  await symlink(pluginApi, join(folder, 'node_modules/@danube/plugin-api'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The files of a section of the page, which name themselves in their first line. */
function filesOf(section: string): ReadonlyMap<string, string> {
  const text = page.split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? '';
  const blocks = [...text.matchAll(/```js\n\/\/ (src\/\S+)\n(.*?)```/gs)];
  return new Map(blocks.map(([, file = '', code = '']) => [file, code]));
}

const defaultOf = async (file: string): Promise<unknown> =>
  ((await import(pathToFileURL(file).href)) as { readonly default: unknown }).default;

test.each([
  ['A notifier', 'team-chat', 'notifiers', true],
  ['A way to authenticate to Git', 'team-git', 'gitAuthMethods', true],
  ['A builder', 'team-build', 'builders', false],
  ['Storage', 'team-store', 'storages', false],
])('"%s" of the page keeps every promise', async (section, id, point, secrets) => {
  await mkdir(join(folder, id, 'src'), { recursive: true });
  const danube = { id, contributes: { [point]: [id] }, capabilities: { secrets } };
  await writeFile(join(folder, id, 'package.json'), JSON.stringify({ type: 'module', danube }));
  for (const [file, code] of filesOf(section)) await writeFile(join(folder, id, file), code);
  const plugin = (await defaultOf(join(folder, id, 'src/index.js'))) as Plugin;
  const samples = (await defaultOf(join(folder, id, 'src/conformance.js'))) as Conformance;
  const checks: [string, () => Promise<void>][] = [];
  runConformance((name, body) => checks.push([name, body]), plugin, samples);
  expect(checks.length).toBeGreaterThan(10);
  const failed: string[] = [];
  for (const [name, body] of checks) await body().catch((error: unknown) => failed.push(`${name}: ${String(error)}`));
  expect(failed).toEqual([]);
});
