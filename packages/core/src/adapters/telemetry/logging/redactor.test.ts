import { SecretValue } from '@danube/plugin-api';
import { expect, test } from 'vitest';
import { Redactor } from './redactor.js';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';

test.each([
  ['Authorization: Bearer abcdef123456', 'Authorization: Bearer [redacted]'],
  ['sent basic dXNlcjpwYXNz to it', 'sent basic [redacted] to it'],
  ['clone https://user:pa55@git.example/x.git failed', 'clone https://[redacted]@git.example/x.git failed'],
  ['clone https://sometoken@git.example/x.git', 'clone https://[redacted]@git.example/x.git'],
  ['postgres://app:secret@db:5432/app', 'postgres://[redacted]@db:5432/app'],
  ['open http://127.0.0.1:8080/?token=aaaBBB-_1&x=1', 'open http://127.0.0.1:8080/?token=[redacted]&x=1'],
  ['mail to jane.doe+ci@mail.example.com now', 'mail to [redacted] now'],
  ['key ghp_abcdefghijklmnopqrstuvwxyz0123456789', 'key [redacted]'],
  ['key github_pat_11ABCDEFG0abcdefghijklmnop', 'key [redacted]'],
  ['key glpat-abcdefghij0123456789', 'key [redacted]'],
  ['key AKIAIOSFODNN7EXAMPLE', 'key [redacted]'],
  [`id ${jwt}.`, 'id [redacted].'],
  ['-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbn\n-----END OPENSSH PRIVATE KEY-----\nrest', '[redacted]\nrest'],
])('%s', (text, expected) => {
  expect(new Redactor().text(text)).toBe(expected);
});

test.each([
  'git@github.com:org/repo.git',
  'ssh://git@git.example:2222/org/repo.git',
  'https://git.example/org/repo?ref=main',
  'commit 1a2b3c4d5e6f7a8b9c0d1a2b3c4d5e6f7a8b9c0d on refs/heads/main',
  'bearer of news',
  'step "test" failed with exit code 1',
])('leaves %s alone', (text) => {
  expect(new Redactor().text(text)).toBe(text);
});

test('fields with the name of a credential are hidden whole, at any depth', () => {
  const fields = { headers: { Authorization: 'x', cookie: ['a'] }, accessToken: 1, api_key: 'k', tokens: 3, job: 'j' };
  expect(new Redactor().value(fields)).toEqual({
    headers: { Authorization: '[redacted]', cookie: '[redacted]' },
    accessToken: '[redacted]',
    api_key: '[redacted]',
    tokens: 3,
    job: 'j',
  });
});

test('a registered value is hidden until the last one who registered it has released it', () => {
  const redactor = new Redactor();
  const first = redactor.register('hunter2!');
  const second = redactor.register('hunter2!');
  first();
  first();
  expect(redactor.text('it is hunter2!')).toBe('it is [redacted]');
  second();
  expect(redactor.text('it is hunter2!')).toBe('it is hunter2!');
});

test('errors keep type, code, stack and cause without what must not be seen', () => {
  const redactor = new Redactor();
  redactor.register('hunter2!');
  const error = new Error('cannot log in with hunter2!', { cause: new Error('jane@example.com refused') });
  const text = JSON.stringify(redactor.value(error));
  expect(text).toContain('redactor.test.ts');
  expect(text).toContain('cannot log in with [redacted]');
  expect(text).not.toMatch(/hunter2|jane@/);
});

test('anything can be given: cycles, secrets, bytes, maps, big integers', () => {
  const cycle: Record<string, unknown> = { secretly: new SecretValue('deep'), bytes: Buffer.from('abc'), big: 12n };
  cycle['self'] = cycle;
  cycle['map'] = new Map([['a', 'jane@example.com']]);
  const value = new Redactor().value(cycle) as Record<string, unknown>;
  expect(value['secretly']).toBe('[redacted]');
  expect(value['bytes']).toBe('[3 bytes]');
  expect(value['map']).toEqual([['a', '[redacted]']]);
  expect(() => JSON.stringify(value)).not.toThrow();
});

test('a long text without any match costs no more than its length', () => {
  const text = 'a'.repeat(2_000_000);
  expect(new Redactor().text(text)).toBe(text);
});
