import { expect, test } from 'vitest';
import { localFailure } from './git-failure.js';

const failure = (stderr: string) => localFailure('fetching x', { exitCode: 128, stdout: Buffer.alloc(0), stderr });

test('a full disk is called one', () => {
  const full = failure('fatal: write error: No space left on device\nfatal: fetch-pack: invalid index-pack output\n');
  expect(full).toMatchObject({ code: 'git_disk_full', category: 'unavailable' });
  expect(full.message).toContain('free some space');
});

test('the disk of a server is none of ours', () => {
  expect(failure('remote: fatal: write error: No space left on device\n').code).toBe('git_failed');
});
