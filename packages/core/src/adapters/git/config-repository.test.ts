import { mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openToAll } from '@danube/test-support/checkout-fixture.js';
import { GitRepository } from '@danube/test-support/git-fixtures.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { maxConfigFileBytes } from '../../services/ports/config-source.js';
import type { ConfigRepository } from './config-repository.js';
import { GitRunner } from './git-runner.js';
import { createGit } from './create-git.js';

let folder: string;
let repository: GitRepository;
let source: ConfigRepository;
const never = new AbortController().signal;
const noMetrics = { count: () => undefined, observe: () => undefined, set: () => undefined };

function open(): ConfigRepository {
  return createGit(new GitRunner(join(folder, 'cache')), noMetrics, join(folder, 'hosts')).configRepository({
    url: repository.url,
    branch: 'main',
    access: () => Promise.resolve(openToAll),
  });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'danube-config-'));
  repository = new GitRepository(join(folder, 'repository'));
  source = open();
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const paths = async (commit: string) => (await source.readFiles(commit, never)).map((file) => file.path);

test('configuration files are read with their blob ids, and nothing else', async () => {
  symlinkSync('/etc/passwd', join(repository.path, 'link.yaml'));
  const commit = repository.commit({
    'x.txt': 'x',
    '.hidden.yaml': 'a: 1',
    '.github/w.yaml': 'a: 1',
    'README.md': 'x',
    'config.yaml': 'a: 1\n',
    'pipelines/ü ber.yml': 'ä: ö\n',
    'users.json': '{}',
    'empty.yaml': '',
    'copy.yaml': 'a: 1\n',
  });
  expect(await source.fetchHead(never)).toBe(commit);
  const files = await source.readFiles(commit, never);
  expect(files.map(({ path, text, size }) => [path, text, size])).toEqual([
    ['config.yaml', 'a: 1\n', 5],
    ['copy.yaml', 'a: 1\n', 5],
    ['empty.yaml', '', 0],
    ['pipelines/ü ber.yml', 'ä: ö\n', 7],
    ['users.json', '{}', 2],
  ]);
  expect(files[0]?.blobId).toBe(repository.git('rev-parse', 'HEAD:config.yaml').trim());
});

test('a file above the limit is listed without its text', async () => {
  const commit = repository.commit({ 'big.yaml': 'x'.repeat(maxConfigFileBytes + 1) });
  await source.fetchHead(never);
  expect(await source.readFiles(commit, never)).toMatchObject([{ size: maxConfigFileBytes + 1, text: '' }]);
});

test('a commit stays readable when the repository is force-pushed, and the new head is found', async () => {
  const first = repository.commit({ 'a.yaml': 'a: 1' });
  await source.fetchHead(never);
  repository.git('update-ref', '-d', 'HEAD');
  repository.commit({ 'a.yaml': undefined, 'b.yaml': 'b: 1' });
  const second = await source.fetchHead(never);
  expect(second).toBe(repository.head());
  expect(await paths(second)).toEqual(['b.yaml']);
  expect(await paths(first)).toEqual(['a.yaml']);
});

test('a repository that vanishes is an error that passes when it is back', async () => {
  const commit = repository.commit({ 'a.yaml': 'a: 1' });
  await source.fetchHead(never);
  renameSync(repository.path, `${repository.path}.gone`);
  await expect(source.fetchHead(never)).rejects.toMatchObject({ code: 'repository_unreachable', retryable: true });
  expect(await paths(commit)).toEqual(['a.yaml']);
  renameSync(`${repository.path}.gone`, repository.path);
  expect(await source.fetchHead(never)).toBe(commit);
});

test('a branch that is not there is named', async () => {
  repository.commit({ 'a.yaml': 'a: 1' });
  repository.git('branch', '-m', 'other');
  await expect(source.fetchHead(never)).rejects.toMatchObject({
    code: 'ref_not_found',
    message: `${repository.url} has no refs/heads/main`,
  });
});

test('after a restart the mirror goes on', async () => {
  const commit = repository.commit({ 'a.yaml': 'a: 1' });
  await source.fetchHead(never);
  source = open();
  expect(await source.fetchHead(never)).toBe(commit);
  expect(await paths(commit)).toEqual(['a.yaml']);
});
