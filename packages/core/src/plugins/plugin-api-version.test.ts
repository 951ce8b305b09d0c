import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pluginApiVersion } from './plugin-api-version.js';

test('this core fulfils the contract that it was built with', () => {
  const manifest = readFileSync(new URL('../../../plugin-api/package.json', import.meta.url), 'utf8');
  expect(pluginApiVersion).toBe((JSON.parse(manifest) as { version: string }).version);
});
