import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

test('ui/src/api/schema.ts is what docs/reference/openapi.yaml says; else run npm run generate', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [path('scripts/ui-api-types.mjs')]);
  expect(await readFile(path('ui/src/api/schema.ts'), 'utf8')).toBe(stdout);
});
