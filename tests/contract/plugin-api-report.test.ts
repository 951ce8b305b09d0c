import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** The script reads the sources, so that nothing that was built before can make this pass. */
test('docs/reference/plugin-api.api.md has every public declaration of the three entry points; else run npm run generate', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [path('scripts/plugin-api-report.mjs')]);
  expect(await readFile(path('docs/reference/plugin-api.api.md'), 'utf8')).toBe(stdout);
}, 180_000);
