import { expect, test } from 'vitest';
import { contrast, paletteColor, readable } from './colors.ts';

test.each([
  [16, [0, 0, 0]],
  [21, [0, 0, 255]],
  [196, [255, 0, 0]],
  [231, [255, 255, 255]],
  [232, [8, 8, 8]],
  [255, [238, 238, 238]],
])('colour %i of the palette', (index, color) => {
  expect(paletteColor(index)).toEqual(color);
});

test('every colour of the palette can be read on the ground of the log', () => {
  for (let index = 16; index < 256; index++) {
    expect(contrast(readable(paletteColor(index)), [16, 20, 28])).toBeGreaterThanOrEqual(4.5);
  }
  expect(readable([250, 200, 10])).toEqual([250, 200, 10]);
});
