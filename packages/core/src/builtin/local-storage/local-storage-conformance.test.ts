import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testStorage } from '@danube/plugin-api/testing';
import { test } from 'vitest';
import { localStoragePlugin } from './local-storage-plugin.js';

for (const contribution of localStoragePlugin('').storages ?? []) {
  testStorage(test, contribution, {
    prepare: async () => {
      const path = await mkdtemp(join(tmpdir(), 'danube-storage-'));
      return { config: { path }, close: () => rm(path, { recursive: true }) };
    },
  });
}
