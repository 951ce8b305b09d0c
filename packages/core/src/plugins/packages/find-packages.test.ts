import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PluginFolder } from '@danube/test-support/plugin-fixtures.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPackage, listPackages, type PluginPlace, pluginPlaces } from './find-packages.js';

let installed: PluginFolder;
let delivered: PluginFolder;
let places: readonly PluginPlace[];

beforeEach(() => {
  installed = new PluginFolder();
  delivered = new PluginFolder();
  const folder = (of: PluginFolder) => join(of.dataDir, 'plugins', 'node_modules');
  places = [
    { folder: folder(installed), origin: 'data_directory' },
    { folder: folder(delivered), origin: 'bundled' },
    { folder: join(delivered.dataDir, 'nowhere'), origin: 'bundled' },
  ];
});
afterEach(() => {
  installed.dispose();
  delivered.dispose();
});

test('what is installed hides what was delivered, and scopes are looked into', async () => {
  installed.write({ name: '@a/x' });
  delivered.write({ name: '@a/x' }).write({ name: 'y' });
  mkdirSync(join(places[1]?.folder ?? '', 'not-a-package'));
  expect((await listPackages(places)).map(({ name, origin }) => [name, origin])).toEqual([
    ['@a/x', 'data_directory'],
    ['y', 'bundled'],
  ]);
});

test('a linked package is found where it really lies', async () => {
  delivered.write({ name: 'y' });
  mkdirSync(places[0]?.folder ?? '', { recursive: true });
  symlinkSync(delivered.folderOf('y'), installed.folderOf('y'));
  expect(await findPackage('y', places)).toEqual({
    name: 'y',
    folder: delivered.folderOf('y'),
    origin: 'data_directory',
  });
});

test.each(['..', '../y', './y', 'y/..', '@a', '@a/../y', '/y', 'Y', '', 'y\0'])('%j is no package', async (name) => {
  delivered.write({ name: 'y' });
  expect(await findPackage(name, places)).toBeUndefined();
});

test('the data directory comes first, then every folder above this program', () => {
  const [first, ...others] = pluginPlaces('/data');
  expect(first).toEqual({ folder: '/data/plugins/node_modules', origin: 'data_directory' });
  expect(others.at(-1)?.folder).toMatch(/^\/[^/]+\/node_modules$/);
  expect(pluginPlaces(undefined)).toEqual(others);
});
