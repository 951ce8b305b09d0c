import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SecretMatcher } from '../masking/secret-matcher.js';
import { MAX_LINE_BYTES } from './cut-batch.js';
import { cutMaskedBatch } from './cut-masked-batch.js';

const pem = 'first line of it\nsecond line of it\nthird';
const matcher = new SecretMatcher([pem, 'S3cret']);

/** As a log takes it in: pieces as they arrive, batches as they are ready. Answers the batches. */
function take(pieces: readonly Buffer[], secrets = matcher): { masked: Buffer[]; raw: Buffer[] } {
  const masked: Buffer[] = [];
  const raw: Buffer[] = [];
  let pending = Buffer.alloc(0);
  const drain = (state: 'open' | 'ended') => {
    for (;;) {
      const { length, bytes } = cutMaskedBatch(pending, state, secrets);
      if (length === 0) return;
      raw.push(pending.subarray(0, length));
      masked.push(bytes);
      pending = pending.subarray(length);
    }
  };
  for (const piece of pieces) {
    pending = Buffer.concat([pending, piece]);
    drain('open');
  }
  drain('ended');
  expect(pending).toHaveLength(0);
  return { masked, raw };
}

const text = (buffers: readonly Buffer[]) => Buffer.concat(buffers).toString();

test('a line is taken at once, unless a secret may go on in the next one', () => {
  const { length, bytes } = cutMaskedBatch(Buffer.from('a S3cret\nb'), 'open', matcher);
  expect([length, bytes.toString()]).toEqual([9, 'a ***\n']);
  expect(cutMaskedBatch(Buffer.from('x\nfirst line of it\n'), 'open', matcher).length).toBe(2);
  expect(cutMaskedBatch(Buffer.from('x\nfirst line of it\n'), 'ended', matcher).bytes.toString()).toBe('x\n***\n');
  expect(cutMaskedBatch(Buffer.from('x\nfirst line of it\nsomething'), 'open', matcher).length).toBe(19);
  expect(cutMaskedBatch(Buffer.from(`x\nkey ${pem}`), 'open', matcher).length).toBe(2);
  expect(cutMaskedBatch(Buffer.from(`x\nkey ${pem} y\n`), 'open', matcher).bytes.toString()).toBe('x\nkey *** y\n');
});

test('however output arrives, no secret is left, and each batch comes out the same when it is read again', () => {
  const words = fc.constantFrom('S3cret', pem, 'first line of it\nsecond', 'S3cre', 'x', '\n', 'é', '\r\n', 'third\n');
  fc.assert(
    fc.property(fc.array(words, { maxLength: 40 }), fc.array(fc.nat(60), { maxLength: 30 }), (parts, sizes) => {
      const whole = Buffer.from(parts.join(''));
      const pieces: Buffer[] = [];
      let at = 0;
      for (const size of [...sizes, whole.length]) pieces.push(whole.subarray(at, (at += size)));
      const { masked, raw } = take(pieces);
      expect(text(masked)).toBe(matcher.mask(whole).toString());
      expect(raw.map((bytes) => matcher.mask(bytes).toString())).toEqual(masked.map((bytes) => bytes.toString()));
    }),
    { numRuns: 500 },
  );
});

test.each([1, 3, 6, 17])(
  'a secret across the end of a piece of a long line is masked (%i bytes before it)',
  (before) => {
    const line = `${'x'.repeat(MAX_LINE_BYTES - before)}S3cret${'y'.repeat(MAX_LINE_BYTES)}\n`;
    const { masked } = take([Buffer.from(line)]);
    expect(text(masked)).toBe(`${'x'.repeat(MAX_LINE_BYTES - before)}***${'y'.repeat(MAX_LINE_BYTES)}\n`);
  },
);

test('a secret that is longer than a line may be is masked as one', () => {
  const long = 'k'.repeat(8) + 'v'.repeat(MAX_LINE_BYTES - 8);
  const escaped = long.replaceAll('v', '\u00e9').slice(0, 30_000);
  const secrets = new SecretMatcher([long, escaped]);
  const encoded = Buffer.from(long).toString('base64');
  for (const shown of [long, encoded, escaped, encodeURIComponent(escaped)]) {
    const whole = Buffer.from(`a ${shown} b\nnext\n`);
    const { masked, raw } = take([whole.subarray(0, 70_000), whole.subarray(70_000)], secrets);
    expect(text(masked).replaceAll('\n', '')).toMatch(/^a \*\*\*.{0,2} bnext$/);
    expect(text(raw)).toBe(whole.toString());
  }
});
