import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogBatch } from './log-batch.js';
import { renderBatch } from './render-batch.js';

const timestamp = Date.parse('2026-01-06T12:34:56.789Z');
const batch: LogBatch = { timestamp, sequence: 1, name: 'unit tests', stream: 'stderr', from: 0, to: 0 };
const head = '[2026-01-06T12:34:56.789Z] [unit tests] [stderr] ';

describe('renderBatch', () => {
  it.each([
    ['one line', 'hello\n', `${head}hello\n`, 1],
    ['several lines', 'a\nbb\nccc\n', `${head}a\n${head}bb\n${head}ccc\n`, 3],
    ['empty lines', '\n\n', `${head}\n${head}\n`, 2],
    ['a last line without end gets one', 'a\nb', `${head}a\n${head}b\n`, 2],
    ['carriage returns stay', '10%\r20%\rdone\r\n', `${head}10%\r20%\rdone\r\n`, 1],
    ['nothing', '', '', 0],
  ])('%s', (_, raw, expected, lines) => {
    const rendered = renderBatch(batch, Buffer.from(raw));
    expect(rendered.bytes.toString()).toBe(expected);
    expect(rendered.lines).toBe(lines);
  });

  it('passes every byte sequence unchanged behind the head of its line', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 3000 });
    fc.assert(
      fc.property(bytes, (array) => {
        const raw = Buffer.from(array);
        const text = raw.toString('latin1');
        const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
        const expected = lines.map((line) => `${head}${line}\n`).join('');
        expect(renderBatch(batch, raw).bytes.toString('latin1')).toBe(expected);
      }),
    );
  });

  it('does not change its input', () => {
    const raw = Buffer.from('a\nb');
    renderBatch(batch, raw);
    expect(raw.toString()).toBe('a\nb');
  });
});
