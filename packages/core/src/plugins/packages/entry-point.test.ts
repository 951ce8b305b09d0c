import { expect, test } from 'vitest';
import { entryPoint } from './entry-point.js';

test.each([
  [{}, '/p/index.js'],
  [{ main: 'lib/main.js' }, '/p/lib/main.js'],
  [{ exports: './a.js', main: 'b.js' }, '/p/a.js'],
  [{ exports: { '.': './a.js', './b': './b.js' } }, '/p/a.js'],
  [{ exports: { '.': { types: './a.d.ts', import: './a.mjs', default: './a.cjs' } } }, '/p/a.mjs'],
  [{ exports: { require: './a.cjs', node: { default: './a.js' } } }, '/p/a.js'],
  [{ exports: { '.': [{ browser: './b.js' }, './a.js'] } }, '/p/a.js'],
  [{ exports: { './b': './b.js' } }, undefined],
  [{ exports: { '.': { browser: './a.js' } } }, undefined],
  [{ exports: { '.': null } }, undefined],
  [{ main: '../a.js' }, undefined],
  [{ exports: './x/../../a.js' }, undefined],
  [{ main: 7 }, undefined],
])('%j names the module %s', (file, entry) => {
  expect(entryPoint('/p', file)).toBe(entry);
});
