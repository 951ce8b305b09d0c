import { expect, test } from 'vitest';
import { parseLine, sourceOf } from './parse-line.ts';

const time = Date.UTC(2026, 0, 6, 12, 34, 56, 789);

test.each([
  ['[2026-01-06T12:34:56.789Z] [unit tests] [stdout] 42 passed', 'unit tests', false, '42 passed'],
  ['[2026-01-06T12:34:56.789Z] [x] [stderr] [stdout] y] [z', 'x', true, '[stdout] y] [z'],
  ['[2026-01-06T12:34:56.789Z] [x] [stdout] ', 'x', false, ''],
  ['[2026-01-06T12:34:56.789Z] [x] [stdout] of Windows\r', 'x', false, 'of Windows'],
])('%s', (line, source, stderr, text) => {
  expect(parseLine(line)).toEqual({ time, source, stderr, text });
  expect(sourceOf(line)).toBe(source);
});

test.each(['', 'no head', '[not a time at all, no] [x] [stdout] y'])('%j shows as it is', (line) => {
  expect(parseLine(line)).toEqual({ time: undefined, source: '', stderr: false, text: line });
});
