import { expect, test } from 'vitest';
import { localFailure, unreachable } from './git-failure.js';

const failure = (stderr: string) => localFailure('fetching x', { exitCode: 128, stdout: Buffer.alloc(0), stderr });

test('a full disk is called one', () => {
  const full = failure('fatal: write error: No space left on device\nfatal: fetch-pack: invalid index-pack output\n');
  expect(full).toMatchObject({ code: 'git_disk_full', category: 'unavailable' });
  expect(full.message).toContain('free some space');
});

test('the disk of a server is none of ours', () => {
  expect(failure('remote: fatal: write error: No space left on device\n').code).toBe('git_failed');
});

const url = 'https://git.example.com/app';
const token = { authMethod: 'sample_token', credential: undefined };
const refusal = (stderr: string) => unreachable(url, token, { stderr }).message;

test('a server that sends on to another one is told from one that refuses', () => {
  const asked = (server: string) =>
    refusal(`fatal: could not read Username for '${server}': terminal prompts disabled\n`);
  expect(asked('https://elsewhere.example')).toMatch(
    /^https:\/\/git.example.com\/app leads to https:\/\/elsewhere.example,/,
  );
  expect(asked('https://git.example.com')).toMatch(/does not accept the credential/);
});

test('a repository that is not found may be one that the credential may not read', () => {
  expect(refusal(`fatal: repository '${url}/' not found\n`)).toContain('may not read');
  expect(refusal('remote: Repository not found.\nfatal: unable to access\n')).toContain('may not read');
  expect(refusal('fatal: Could not resolve host: git.example.com\n')).toContain('can be reached from here');
});
