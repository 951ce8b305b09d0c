import { DanubeError } from '@danube/plugin-api';
import { fakeTerminal } from '@danube/test-support/fake-terminal.js';
import { expect, test } from 'vitest';
import { formatAge, formatDuration } from './format-time.js';
import { reportError } from './report-error.js';
import { printTable } from './table.js';

test.each([
  [0, '0.0s'],
  [449, '0.4s'],
  [59_940, '59.9s'],
  [59_960, '1m 00s'],
  [184_000, '3m 04s'],
  [3_599_900, '1h 00m'],
  [7_500_000, '2h 05m'],
])('%i ms is %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test.each([
  [-5, 'just now'],
  [12_000, '12s ago'],
  [300_000, '5m ago'],
  [10_800_000, '3h ago'],
  [777_600_000, '9d ago'],
])('%i ms back is %s', (milliseconds, text) => {
  expect(formatAge(milliseconds)).toBe(text);
});

test('a table is as wide as its widest cell, and colours count nothing', () => {
  const terminal = fakeTerminal({ isTTY: true });
  printTable(
    terminal,
    [
      { title: 'A', text: (row) => terminal.colors.red(row.name) },
      { title: 'COUNT', align: 'right', text: (row) => String(row.count) },
    ],
    [
      { name: 'long name', count: 7 },
      { name: 'x', count: 1234567 },
    ],
  );
  const { red, dim } = terminal.colors;
  expect(terminal.stdout().split('\n')).toEqual([
    dim('A            COUNT'),
    `${red('long name')}        7`,
    `${red('x')}          1234567`,
    '',
  ]);
});

test('there is colour on a terminal, and none in a pipe or with NO_COLOR', () => {
  expect(fakeTerminal({ isTTY: true }).colors.red('x')).not.toBe('x');
  expect(fakeTerminal({ isTTY: false }).colors.red('x')).toBe('x');
  expect(fakeTerminal({ isTTY: true, env: { NO_COLOR: '1' } }).colors.red('x')).toBe('x');
  expect(fakeTerminal({ isTTY: true, env: { TERM: 'dumb' } }).colors.red('x')).toBe('x');
});

test('an error is one line with its code, and what to do next', () => {
  const terminal = fakeTerminal();
  reportError(terminal, new DanubeError('token_unknown', 'the token is not known', { category: 'unauthenticated' }));
  const lines = terminal.stderr().trimEnd().split('\n');
  expect(lines[0]).toBe('error: the token is not known (token_unknown)');
  expect(lines[1]).toMatch(/^next: give a token with --token/);
  expect(lines).toHaveLength(2);
});

test('the stack is shown only with DANUBE_DEBUG=1', () => {
  const error = new TypeError('boom');
  const quiet = fakeTerminal();
  reportError(quiet, error);
  expect(quiet.stderr()).toBe('error: boom\nnext: run it again with DANUBE_DEBUG=1 to see where this came from\n');
  const loud = fakeTerminal({ env: { DANUBE_DEBUG: '1' } });
  reportError(loud, error);
  expect(loud.stderr()).toContain('output.test.ts');
});
