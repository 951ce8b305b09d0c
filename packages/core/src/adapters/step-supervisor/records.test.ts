import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseClaim, parseExitRecord } from './records.js';

const blank = `${' '.repeat(127)}\n`;

test('an exit record is read although blanks follow it', () => {
  expect(parseExitRecord(`137 1000 2500 kept\n${blank}`)).toEqual({
    kind: 'exited',
    exitCode: 137,
    startedAt: 1000,
    finishedAt: 2500,
    outputCut: false,
  });
  expect(parseExitRecord(`0 1000 2500 cut\n${blank}`)).toMatchObject({ exitCode: 0, outputCut: true });
});

test('blanks are no record, nor is any mixture of blanks and a record that is being written', () => {
  expect(parseExitRecord(blank)).toBeUndefined();
  expect(parseExitRecord('')).toBeUndefined();
  const line = '137 1795320811660 1795320811920 kept\n';
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: line.length, maxLength: line.length }), (written) => {
      const torn = [...line].map((character, i) => (written[i] === true ? character : ' ')).join('');
      fc.pre(torn !== line);
      expect(parseExitRecord(torn + blank.slice(line.length))).toBeUndefined();
    }),
  );
});

test('a claim is read whole or not at all', () => {
  expect(parseClaim('17 220307 be62491e-8833\n')).toEqual({ pid: 17, startTicks: '220307', bootId: 'be62491e-8833' });
  expect(parseClaim('17 - -\n')).toEqual({ pid: 17, startTicks: undefined, bootId: undefined });
  for (const text of ['', '17', '17 220307', '17 220307 be62491e-8833']) expect(parseClaim(text)).toBeUndefined();
});
