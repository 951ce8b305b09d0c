import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DanubeError, type PullRequestEvent, type PushEvent } from '@danube/plugin-api';
import { samplePipeline } from '@danube/test-support/database-samples.js';
import { GitRepository } from '@danube/test-support/git-fixtures.js';
import { RecordingMetrics } from '@danube/test-support/recording-metrics.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TriggerListParser } from '../../adapters/config-files/trigger-list-parser.js';
import { createGit } from '../../adapters/git/create-git.js';
import { GitRunner } from '../../adapters/git/git-runner.js';
import { PythonTriggerExtractor } from '../../adapters/python/python-trigger-extractor.js';
import { findPython } from '../../composition/find-python.js';
import type { PipelineSpec, PipelineTrigger } from '../../domain/pipeline/pipeline.js';
import type { FindRepositoryAccess } from '../git/find-repository-access.js';
import { DecideTrigger } from './decide-trigger.js';
import { ReadPipelineFile } from './read-pipeline-file.js';

const script = fileURLToPath(new URL('../../../../../sdk/src/danube/_read_triggers.py', import.meta.url));
const python = await findPython(process.env);
const never = new AbortController().signal;
const free = { paths: [], pathsIgnore: [] };
const onPush: PipelineTrigger = { type: 'push', branches: ['**'], tags: [], ...free };

let folder: string;
let repository: GitRepository;
let first: string;
let requested: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'danube-decide-'));
  repository = new GitRepository(join(folder, 'app'));
  requested = [];
  first = repository.commit({ 'README.md': '1', 'danubefile.py': danubefile('{"type": "push"}') });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const manyPatterns = Array.from({ length: 3 }, () => {
  const patterns = Array.from({ length: 100 }, (_none, n) => `"${n}/${'x'.repeat(200)}"`);
  return `{"type": "push", "branches": [${patterns.join(', ')}]}`;
});

function danubefile(...triggers: string[]): string {
  return `from danube import pipeline\n@pipeline(triggers=[${triggers.join(', ')}])\ndef build(): pass\n`;
}

const push = (changes: Partial<PushEvent> = {}): PushEvent => ({
  kind: 'push',
  repository: { fullName: 'octo/app', cloneUrls: [repository.url] },
  ref: 'refs/heads/main',
  commit: repository.head(),
  before: undefined,
  message: 'Change',
  actor: 'ada',
  ...changes,
});
const pullRequest = (changes: Partial<PullRequestEvent> = {}): PullRequestEvent => ({
  kind: 'pull_request',
  repository: { fullName: 'octo/app', cloneUrls: [repository.url] },
  action: 'opened',
  number: 7,
  title: 'Change',
  sourceBranch: 'fix',
  targetBranch: 'main',
  ref: 'refs/pull/7/head',
  commit: repository.head(),
  baseCommit: undefined,
  fromFork: false,
  actor: 'eve',
  ...changes,
});

function decide(spec: Partial<PipelineSpec>, event: PushEvent | PullRequestEvent) {
  const runner = new GitRunner(join(folder, 'cache'));
  const git = createGit(runner, new RecordingMetrics(), join(folder, 'known_hosts'));
  const extractor = new PythonTriggerExtractor({ python, script, timeoutMs: 60_000 });
  const access = { execute: () => Promise.resolve({ authMethod: 'none', credential: undefined }) };
  const decision = new DecideTrigger(
    access as unknown as FindRepositoryAccess,
    git.checkout,
    git.files,
    new ReadPipelineFile(git.files, extractor, new TriggerListParser()),
    { request: ({ id }) => void requested.push(id) },
  );
  return decision.execute(samplePipeline('web', { repository: repository.url, ...spec }), event, never);
}

/** A branch with these changes, published as a pull request's head. */
function propose(files: Readonly<Record<string, string>>): string {
  repository.git('checkout', '--quiet', '-b', 'fix');
  const commit = repository.commit(files);
  repository.git('update-ref', 'refs/pull/7/head', commit);
  repository.git('checkout', '--quiet', 'main');
  return commit;
}

test('a push becomes a job of exactly its commit', async () => {
  expect(await decide({ triggers: [onPush] }, push({ actor: '' }))).toEqual({
    kind: 'start',
    reason: 'branch "main" matches ["**"]',
    request: {
      trigger: { type: 'webhook', ref: 'refs/heads/main', actor: 'webhook' },
      source: { repositoryUrl: repository.url, ref: 'refs/heads/main', branch: 'main', commit: first },
      pullRequest: undefined,
      withSecrets: true,
      env: {},
    },
  });
});

test('what changed between the commits decides, but not for a new branch or a lost commit', async () => {
  const triggers = [{ ...onPush, paths: ['api/**'] }];
  const docs = repository.commit({ 'docs/x.md': '1' });
  const api = repository.commit({ 'api/x.ts': '1' });
  const gone = 'f'.repeat(40);
  for (const [before, commit, kind, reason] of [
    [first, docs, 'skip', 'no changed file matches ["api/**"]'],
    [docs, api, 'start', 'branch "main" matches ["**"]; "api/x.ts" changed'],
    [first, api, 'start', 'branch "main" matches ["**"]; "api/x.ts" changed'],
    [undefined, docs, 'start', 'path filters do not apply to a new branch or tag'],
    [gone, docs, 'start', `path filters do not apply because`],
  ] as const) {
    const decision = await decide({ triggers }, push({ before, commit }));
    expect([decision.kind, decision.reason]).toEqual([kind, expect.stringContaining(reason)]);
  }
});

test('more files than can be compared with the patterns are a reason to start', async () => {
  const paths = Array.from({ length: 100 }, (_none, n) => `${n}/${'x'.repeat(240)}`);
  const folders = 'y/'.repeat(100);
  repository.commit(Object.fromEntries(Array.from({ length: 250 }, (_none, n) => [`${folders}${n}`, '1'])));
  const decision = await decide({ triggers: [{ ...onPush, paths }] }, push({ before: first }));
  expect(decision.kind).toBe('start');
  expect(decision.reason).toContain('path filters do not apply because 250 files differ, too many to compare');
});

test('a commit whose changed files nobody can list is a reason to start', async () => {
  // a tree of a thousand names that are all the same tree of a thousand names
  const treeOf = (entry: string) => {
    const input = Array.from({ length: 1000 }, (_none, n) => `${entry}\t${'x'.repeat(60)}${n}\n`).join('');
    return execFileSync('git', ['mktree'], { cwd: repository.path, input, encoding: 'utf8' }).trim();
  };
  const blob = repository.git('rev-parse', `${first}:README.md`).trim();
  const tree = treeOf(`040000 tree ${treeOf(`100644 blob ${blob}`)}`);
  const commit = repository.git('commit-tree', '-p', first, '-m', 'x', tree).trim();
  repository.git('update-ref', 'refs/heads/bomb', commit);
  const event = push({ ref: 'refs/heads/bomb', before: first, commit });
  const decision = await decide({ triggers: [{ ...onPush, paths: ['api/**'] }] }, event);
  expect(decision.kind).toBe('start');
  expect(decision.reason).toContain('path filters do not apply because git printed more than');
});

test('a trigger without filters needs no repository', async () => {
  const triggers = [{ ...onPush, paths: ['api/**'] }, onPush];
  expect(await decide({ triggers, repository: '/nowhere' }, push({ before: first }))).toMatchObject({ kind: 'start' });
});

test('a pull request is compared with where it left its target', async () => {
  const head = propose({ 'web/x.ts': '1' });
  repository.commit({ 'api/later.ts': '1' });
  const on = (paths: string[]): PipelineTrigger[] => [
    { type: 'pull_request', branches: ['main'], forks: 'none', paths, pathsIgnore: [] },
  ];
  const event = pullRequest({ commit: head });
  expect(await decide({ triggers: on(['api/**']) }, event)).toMatchObject({ kind: 'skip' });
  expect(await decide({ triggers: on(['web/**']) }, event)).toEqual({
    kind: 'start',
    reason: 'target branch "main" matches ["main"]; "web/x.ts" changed',
    request: {
      trigger: { type: 'webhook', ref: 'refs/pull/7/head', actor: 'eve' },
      source: { repositoryUrl: repository.url, ref: 'refs/pull/7/head', branch: 'fix', commit: head },
      pullRequest: { number: 7, targetBranch: 'main', fromFork: false },
      withSecrets: true,
      env: {},
    },
  });
  expect(await decide({ triggers: on(['web/**']) }, { ...event, baseCommit: first })).toMatchObject({ kind: 'start' });
});

test.each([
  ['none', false, undefined],
  ['without_secrets', true, false],
  ['with_secrets', true, true],
] as const)('a fork with forks: %s', async (forks, starts, withSecrets) => {
  const triggers: PipelineTrigger[] = [{ type: 'pull_request', branches: ['**'], forks, ...free }];
  const decision = await decide({ triggers }, pullRequest({ fromFork: true }));
  expect(decision.kind === 'start').toBe(starts);
  expect(decision.kind === 'start' ? decision.request.withSecrets : undefined).toBe(withSecrets);
});

test('what a pull request changed must be known before a fork may have secrets', async () => {
  const triggers: PipelineTrigger[] = [
    { type: 'pull_request', branches: ['**'], forks: 'with_secrets', paths: ['docs/**'], pathsIgnore: [] },
    { type: 'pull_request', branches: ['**'], forks: 'without_secrets', ...free },
  ];
  const head = propose({ 'web/x.ts': '1' });
  const event = pullRequest({ commit: head, fromFork: true });
  expect(await decide({ triggers }, event)).toMatchObject({ kind: 'start', request: { withSecrets: false } });
  const lost = decide({ triggers }, { ...event, baseCommit: 'f'.repeat(40) });
  await expect(lost).rejects.toMatchObject({ code: 'commit_not_found' });
});

test('without triggers in the configuration the file of the pushed commit counts', async () => {
  repository.git('checkout', '--quiet', '-b', 'develop');
  const commit = repository.commit({ 'danubefile.py': danubefile('{"type": "push", "branches": ["main"]}') });
  const skipped = await decide({}, push({ ref: 'refs/heads/develop', commit }));
  expect(skipped).toEqual({ kind: 'skip', reason: 'branch "develop" does not match ["main"]' });
  expect(requested).toEqual([]);
  expect(await decide({}, push({ commit: first }))).toMatchObject({ kind: 'start' });
  expect(requested).toEqual(['web']);
});

test.each([
  ['x = = 1\n', 'danubefile.py:1:5: invalid syntax'],
  [danubefile('kind()'), 'danubefile.py:2:21: this is not a literal'],
  [danubefile('{"type": "push", "branch": ["x"]}'), 'danubefile.py:2:38: triggers[0].branch: unknown key "branch"'],
  [danubefile('{"type": "push", "paths": ["/x"]}'), 'danubefile.py:2:48: triggers[0].paths[0]: "/x" is not accepted'],
  [danubefile('"push"'), 'danubefile.py:2:21: triggers[0]: must be a mapping, not the string "push" (write {"type":'],
  [undefined, 'danubefile.py:1:1: there is no such file'],
  [
    danubefile(...manyPatterns),
    'danubefile.py:1:1: the patterns of its triggers have more than 20000 characters in all',
  ],
  [`# ${'x'.repeat(1024 * 1024)}`, 'danubefile.py:1:1: '],
])('a file with a problem leaves the pipeline on manual: file %#', async (text, reason) => {
  repository.commit({ 'danubefile.py': text });
  const decision = await decide({}, push());
  expect(decision.kind).toBe('skip');
  expect(decision.reason).toContain(reason);
  expect(decision.reason).toContain('without readable triggers the pipeline starts by hand only');
});

test('a file that names no triggers leaves the pipeline on manual', async () => {
  repository.commit({ 'danubefile.py': 'from danube import step\nstep.run("make")\n' });
  expect(await decide({}, push())).toEqual({ kind: 'skip', reason: 'the pipeline starts by hand only' });
});

test('a fork cannot let itself in: the file of the target branch counts', async () => {
  const trigger = '{"type": "pull_request", "forks": "with_secrets"}';
  const commit = propose({ 'danubefile.py': danubefile(trigger) });
  const fork = pullRequest({ commit, fromFork: true });
  const reason = 'the pipeline has no pull_request trigger';
  expect(await decide({}, fork)).toEqual({ kind: 'skip', reason });
  expect(await decide({}, { ...fork, baseCommit: first })).toEqual({ kind: 'skip', reason });
  expect(await decide({}, { ...fork, fromFork: false })).toMatchObject({ kind: 'start' });
});

test('a repository that does not answer is worth another attempt', async () => {
  const gone = decide({ repository: join(folder, 'nowhere') }, push());
  const error: unknown = await gone.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(DanubeError);
  expect(error).toMatchObject({ retryable: true });
});
