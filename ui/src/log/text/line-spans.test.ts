import { describe, expect, it, test } from 'vitest';
import { lineSpans } from './line-spans.ts';

/** The shown text, each look in braces behind its text. */
function shown(text: string): string {
  return lineSpans(text)
    .spans.map(({ text: piece, look, href }) => {
      const signs = [look.classes, look.color, look.background, href].filter((sign) => sign).join(' ');
      return signs === '' ? piece : `${piece}{${signs}}`;
    })
    .join('');
}

describe('colours and decorations', () => {
  it.each([
    ['plain', 'plain'],
    ['\x1b[31mred\x1b[0m plain', 'red{ansi-red-fg} plain'],
    ['\x1b[91;44mx\x1b[m.', 'x{ansi-bright-red-fg ansi-blue-bg}.'],
    ['\x1b[1;2;3;4mx\x1b[22;24my', 'x{ansi-bold ansi-dim ansi-italic ansi-underline}y{ansi-italic}'],
    ['\x1b[38;5;208mx', 'x{rgb(255 135 0)}'],
    ['\x1b[38;5;9mx', 'x{ansi-bright-red-fg}'],
    ['\x1b[48;5;232mx', 'x{rgb(8 8 8)}'],
    ['\x1b[38;2;250;200;10mx', 'x{rgb(250 200 10)}'],
    ['\x1b[38:2::250:200:10mx', 'x{rgb(250 200 10)}'],
    ['\x1b[31m\x1b[7mx', 'x{ansi-black-fg ansi-red-bg}'],
    [
      '\x1b[31ma\x1b]8;;https://x.org/\x1b\\b\x1b]8;;\x07c',
      'a{ansi-red-fg}b{ansi-red-fg https://x.org/}c{ansi-red-fg}',
    ],
  ])('%j shows as %s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it('makes a colour lighter that could not be read on the dark ground', () => {
    expect(shown('\x1b[38;2;0;0;120mx')).toMatch(/^x\{rgb\((\d{3}) \1 \d{3}\)\}$/);
    expect(shown('\x1b[38;2;0;0;0;48;2;255;255;255mx')).toBe('x{rgb(0 0 0) rgb(255 255 255)}');
  });
});

describe('what moves the cursor', () => {
  it.each([
    ['10%\r20%\r100%', '100%'],
    ['a longer text\rshort', 'shortger text'],
    ['a longer text\r\x1b[Kshort', 'short'],
    ['12345\r12\x1b[K', '12'],
    ['gone\x1b[2K\rnew', 'new '],
    ['abc\b\bX', 'aXc'],
    ['\x1b[31mred text\x1b[0m\rblue', 'bluetext{ansi-red-fg}'],
    ['ab\x1b[1K\rc', 'c '],
  ])('%j shows as %j', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });
});

test.each([
  ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ['\x1b]8;;javascript:alert(1)\x1b\\x\x1b]8;;\x1b\\', 'x'],
  ['\x1b]8;;data:text/html,x\x07x', 'x'],
  ['\x1b]0;window title\x07text\x1b(B', 'text'],
  ['\x1b[2Jtext\x1b[10;20H', 'text'],
  ['bell\x07 null\x00', 'bell\u2407 null\u2400'],
  ['a\u202eb', 'a\ufffdb'],
  ['tab\tkept', 'tab\tkept'],
])('%j is harmless: %j', (text, expected) => {
  expect(shown(text)).toBe(expected);
});

describe('long lines', () => {
  it('are cut, and tell how much is missing', () => {
    const { spans, cut } = lineSpans('x'.repeat(65_536), 4000);
    expect(spans.map(({ text }) => text.length)).toEqual([4000]);
    expect(cut).toBe(61_536);
  });

  it('with progress show the end of it', () => {
    const progress = Array.from({ length: 5000 }, (_, index) => `${index} done`).join('\r');
    expect(lineSpans(progress, 4000)).toMatchObject({ spans: [{ text: '4999 done' }], cut: 0 });
  });
});
