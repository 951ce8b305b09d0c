import { testStorage } from '@danube/plugin-api/testing';
import { expect, test } from 'vitest';
import { collectFailures } from './collect-failures.js';
import { commonChecks } from './common-mutations.js';
import { exampleStorage, exampleStorageSamples, type StorageChange } from './example-storage.js';
import { storageMutations } from './storage-mutations.js';

const failuresOf = (change: StorageChange) =>
  collectFailures((register) => testStorage(register, exampleStorage(change), exampleStorageSamples));

test('a storage that keeps every promise passes every check, and for each check there is one that fails it', async () => {
  const { names, failed } = await failuresOf(() => ({}));
  expect(failed).toEqual({});
  const tried = new Set([...storageMutations.map(([name]) => name), ...commonChecks]);
  expect(names.filter((name) => !tried.has(name))).toEqual([]);
});

test.each(storageMutations)('%s', async (name, change) => {
  const { failed } = await failuresOf(change);
  expect(Object.keys(failed), JSON.stringify(failed)).toEqual([name]);
});
