import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteForShell, renderCommand, renderEnvironment } from './render-files.js';

test('what is quoted is one word of exactly this text', () => {
  const text = fc.string().filter((value) => !value.includes('\0'));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), (words) => {
      const output = execFileSync('sh', ['-c', `printf '%s\\0' ${words.map(quoteForShell).join(' ')}`]);
      expect(output.toString()).toBe(words.map((word) => `${word}\0`).join(''));
    }),
    { numRuns: 30 },
  );
});

test.each(['a b', '1A', '', 'A=B', 'A;B', 'Ä', 'A\n'])('the variable name %j is refused', (name) => {
  expect(() => renderEnvironment({ [name]: 'value' })).toThrow(expect.objectContaining({ code: 'env_invalid' }));
});

test('a NUL byte is refused, without telling the value', () => {
  expect(() => renderEnvironment({ NAME: 'hidden\0' })).toThrow(
    expect.objectContaining({ code: 'env_invalid', message: expect.not.stringContaining('hidden') as string }),
  );
  expect(() => renderCommand('echo\0')).toThrow(expect.objectContaining({ code: 'command_invalid' }));
});
