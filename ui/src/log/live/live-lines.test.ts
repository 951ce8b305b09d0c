import { expect, it } from 'vitest';
import { LiveLines } from './live-lines.ts';

it('makes whole lines of events that end anywhere', () => {
  const lines = new LiveLines();
  expect(lines.take({ offset: 0, line: 1, text: 'one\ntw' })).toEqual([{ number: 1, text: 'one' }]);
  expect(lines.take({ offset: 6, line: 2, text: 'o, a lon' })).toEqual([]);
  expect(lines.take({ offset: 14, line: 2, text: 'g one\n' })).toEqual([{ number: 2, text: 'two, a long one' }]);
  expect(lines.take({ offset: 20, line: 3, text: 'three\n\n' })).toEqual([
    { number: 3, text: 'three' },
    { number: 4, text: '' },
  ]);
});

it('drops the beginning of a line when the server has moved it ahead', () => {
  const lines = new LiveLines();
  lines.take({ offset: 0, line: 1, text: 'begin' });
  expect(lines.take({ offset: 900, line: 50, text: 'fifty\n' })).toEqual([{ number: 50, text: 'fifty' }]);
});
