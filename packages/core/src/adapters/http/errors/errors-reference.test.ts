import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { httpStatusByCategory } from '../../../services/errors/http-status.js';
import { statusByCode } from './http-status.js';

const root = fileURLToPath(new URL('../../../../../..', import.meta.url));
const reference = readFileSync(join(root, 'docs/reference/errors.md'), 'utf8');

function rows(heading: RegExp): string[][] {
  return [...reference.matchAll(/^\|(.*)\|$/gm)]
    .map(([, row = '']) => row.split('|').map((cell) => cell.trim().replaceAll('`', '')))
    .filter(([first = '']) => heading.test(first));
}

const packages = join(root, 'packages');
const sources = readdirSync(packages)
  .flatMap((name) =>
    readdirSync(join(packages, name, 'src'), { recursive: true }).map((file) =>
      join(packages, name, 'src', String(file)),
    ),
  )
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(file, 'utf8'));

test('every category and its HTTP status is documented', () => {
  const categories = Object.keys(httpStatusByCategory);
  const documented = rows(/^[a-z_]+$/).filter(([first = '']) => categories.includes(first));
  expect(documented.map(([category, status]) => [category, Number(status)])).toEqual(
    Object.entries(httpStatusByCategory),
  );
});

test('every code with an HTTP status of its own is documented', () => {
  for (const [code, status] of Object.entries(statusByCode)) expect(reference).toContain(`\`${code}\` ${status}`);
});

test('the documented codes are those that the sources throw', () => {
  const documented = rows(/^[a-z_]+$/)
    .map(([code = '']) => code)
    .filter((code) => !(code in httpStatusByCategory));
  const thrown = sources.flatMap((text) =>
    [...text.matchAll(/DanubeError\(\s*'([a-z_]+)'/g)].map(([, code = '']) => code),
  );
  expect([...new Set(thrown)].filter((code) => !documented.includes(code))).toEqual([]);
  expect(documented.filter((code) => !sources.some((text) => text.includes(`'${code}'`)))).toEqual([]);
  expect(new Set(documented).size).toBe(documented.length);
});
