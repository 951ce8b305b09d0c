import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_SOURCE_NAME_BYTES, safeSourceName } from './source-name.js';

describe('safeSourceName', () => {
  it.each([
    ['unit tests', 'unit tests'],
    ['build [linux]', 'build _linux_'],
    ['a\nb\r\tc\u001b[31m', 'a_b__c__31m'],
    ['a\u2028b', 'a_b'],
    ['  padded ', 'padded'],
    ['', 'unnamed'],
    ['\ud800', '_'],
    ['€'.repeat(40), '€'.repeat(26)],
  ])('%j becomes %j', (name, safe) => {
    expect(safeSourceName(name)).toBe(safe);
  });

  it('is safe, bounded and stable for every name', () => {
    const unit = fc.constantFrom('a', ' ', '[', ']', '\n', '\r', '\u001b', '\u2028', '\ud800', 'é', '€', '🚀');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (name) => {
        const safe = safeSourceName(name);
        expect(safe).not.toMatch(/[[\]\p{Cc}]/u);
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(MAX_SOURCE_NAME_BYTES);
        expect(safe.length).toBeGreaterThan(0);
        expect(safeSourceName(safe)).toBe(safe);
        expect(Buffer.from(safe).toString()).toBe(safe);
      }),
    );
  });
});
