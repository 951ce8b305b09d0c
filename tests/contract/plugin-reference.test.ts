import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import * as contract from '@danube/plugin-api';
import * as testing from '@danube/plugin-api/testing';
import * as toolkit from '@danube/plugin-api/toolkit';
import { integrationsSchemas } from '@danube/core/adapters/config-files/schemas/integrations-spec.js';

const page = await readFile(new URL('../../docs/plugins/reference.md', import.meta.url), 'utf8');
const named = new Set([...page.matchAll(/`([A-Za-z0-9]+)[^`]*`/g)].map((match) => match[1]));

test.each([
  ['the contract', contract],
  ['the toolkit', toolkit],
  ['the conformance kits', testing],
])('the reference names everything that %s exports', (_, module) => {
  expect(Object.keys(module).filter((name) => !named.has(name))).toEqual([]);
});

test('the reference names every extension point with its section', () => {
  expect(contract.extensionPoints.filter((point) => !named.has(point))).toEqual([]);
  const sections = Object.keys(integrationsSchemas).filter((section) => section !== 'plugins');
  expect(sections.filter((section) => !page.includes(`\`${section}\``))).toEqual([]);
});

/** The members that the host guards, by the names in spans and metrics. */
async function guardedMembers(): Promise<readonly string[]> {
  const plugins = new URL('../../packages/core/src/plugins/', import.meta.url);
  const guards = (await readdir(new URL('guard', plugins))).filter((name) => !name.endsWith('.test.ts'));
  const files = ['instances/live-instance.ts', ...guards.map((name) => `guard/${name}`)];
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, plugins), 'utf8')));
  return texts.flatMap((text) =>
    [...text.matchAll(/\.(?:async|sync|iterate)\(\s*'([\w.]+)'/g)].map(([, name = '']) => name),
  );
}

test('the reference says of every member when it is called and what it may rely on', async () => {
  const [, calls = ''] = /^## Calls\n(.*?)^## /ms.exec(page) ?? [];
  const members = await guardedMembers();
  expect(members).toEqual(expect.arrayContaining(['start', 'issueCredential', 'artifacts.list', 'images.access']));
  expect(members.filter((member) => !new RegExp(`^\\|.*\`${member}\``, 'm').test(calls))).toEqual([]);
});
