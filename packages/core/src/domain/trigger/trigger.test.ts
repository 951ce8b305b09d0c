import type { PullRequestEvent, PushEvent } from '@danube/plugin-api';
import { expect, test } from 'vitest';
import type { PipelineTrigger, PullRequestTrigger, PushTrigger } from '../pipeline/pipeline.js';
import { selectByPaths } from './select-by-paths.js';
import { selectTriggers } from './select-triggers.js';
import { findSkipDirective } from './skip-directive.js';

const repository = { fullName: 'octo/hello', cloneUrls: ['https://example.org/octo/hello.git'] };
const push = (ref: string, message = 'Fix it'): PushEvent => ({
  kind: 'push',
  repository,
  ref,
  commit: 'c'.repeat(40),
  before: undefined,
  message,
  actor: 'ada',
});
const pullRequest = (changes: Partial<PullRequestEvent> = {}): PullRequestEvent => ({
  kind: 'pull_request',
  repository,
  action: 'opened',
  number: 7,
  title: 'Fix it',
  sourceBranch: 'fix',
  targetBranch: 'main',
  ref: 'refs/pull/7/head',
  commit: 'c'.repeat(40),
  baseCommit: undefined,
  fromFork: false,
  actor: 'ada',
  ...changes,
});
const onPush = (changes: Partial<PushTrigger> = {}): PushTrigger => ({
  type: 'push',
  branches: ['main'],
  tags: [],
  paths: [],
  pathsIgnore: [],
  ...changes,
});
const onPullRequest = (changes: Partial<PullRequestTrigger> = {}): PullRequestTrigger => ({
  type: 'pull_request',
  branches: ['**'],
  forks: 'none',
  paths: [],
  pathsIgnore: [],
  ...changes,
});
function select(...args: Parameters<typeof selectByPaths>) {
  const work = selectByPaths(...args);
  for (let steps = 0; ; steps += 1) {
    const step = work.next();
    if (step.done) return { steps, result: step.value };
  }
}
const cron: PipelineTrigger = { type: 'cron', schedule: '0 3 * * *', catchUp: 'one', skipIfRunning: true };
const manual: PipelineTrigger = { type: 'manual' };
const main = push('refs/heads/main');

test.each<[string, PipelineTrigger[], PushEvent | PullRequestEvent]>([
  ['branch "fix" does not match ["main"]', [onPush()], push('refs/heads/fix')],
  [
    'branch "fix" does not match ["main"]; branch "fix" does not match ["release/*"]',
    [onPush(), onPush({ branches: ['release/*'] }), onPush()],
    push('refs/heads/fix'),
  ],
  ['the trigger is for branches only', [onPush()], push('refs/tags/v1')],
  ['the trigger is for tags only', [onPush({ branches: [], tags: ['v*'] })], main],
  ['tag "x1" does not match ["v*"]', [onPush({ branches: [], tags: ['v*'] })], push('refs/tags/x1')],
  ['"refs/notes/x" is neither a branch nor a tag', [onPush()], push('refs/notes/x')],
  ['the commit message says [skip ci]', [onPush()], push('refs/heads/main', 'Docs [Skip CI]')],
  ['the title of pull request #7 says [ci skip]', [onPullRequest()], pullRequest({ title: '[ci skip] x' })],
  ['target branch "main" does not match ["dev"]', [onPullRequest({ branches: ['dev'] })], pullRequest()],
  ['pull request #7 comes from a fork; forks: none', [onPullRequest()], pullRequest({ fromFork: true })],
  ['the pipeline has no pull_request trigger', [onPush(), cron], pullRequest()],
  ['the pipeline has no push trigger', [onPullRequest()], main],
  ['the pipeline starts by cron and by hand only', [cron, manual], main],
  ['the pipeline starts by hand only', [manual], main],
  ['the pipeline starts by hand only', [], pullRequest()],
])('no job: %s', (reason, triggers, event) => {
  expect(selectTriggers(triggers, event)).toEqual({ kind: 'none', reason });
});

test.each<[string, PipelineTrigger, PushEvent | PullRequestEvent]>([
  ['branch "main" matches ["main"]', onPush(), main],
  ['branch "a/b" matches ["**"]', onPush({ branches: ['**'] }), push('refs/heads/a/b')],
  ['tag "v1" matches ["v*"]', onPush({ tags: ['v*'] }), push('refs/tags/v1')],
  ['target branch "main" matches ["**"]', onPullRequest(), pullRequest()],
  [
    'pull request #7 comes from a fork; forks: without_secrets',
    onPullRequest({ forks: 'without_secrets' }),
    pullRequest({ fromFork: true }),
  ],
])('a job: %s', (reason, trigger, event) => {
  const candidates = [{ trigger, reason }];
  expect(selectTriggers([cron, trigger, manual], event)).toEqual({ kind: 'candidates', candidates });
});

test.each<[Partial<PushTrigger>, string[], string]>([
  [{ paths: ['api/**'] }, ['README.md', 'api/x.ts'], 'r; "api/x.ts" changed'],
  [{ paths: ['api/**'] }, ['README.md'], 'no changed file matches ["api/**"]'],
  [{ pathsIgnore: ['**/*.md'] }, ['README.md', 'src/x'], 'r; "src/x" changed'],
  [{ pathsIgnore: ['**/*.md'] }, ['README.md', 'docs/x.md'], 'every changed file matches paths_ignore ["**/*.md"]'],
  [{ paths: ['api/**'], pathsIgnore: ['**/*.md'] }, ['api/x.md', 'api/x.ts'], 'r; "api/x.ts" changed'],
  [
    { paths: ['api/**'], pathsIgnore: ['**/*.md'] },
    ['api/x.md', 'web/x.ts'],
    'no changed file matches ["api/**"] without matching paths_ignore ["**/*.md"]',
  ],
  [{ paths: ['**', '!docs/**'] }, ['docs/x'], 'no changed file matches ["**", "!docs/**"]'],
  [{ paths: ['**'] }, [], 'no file changed'],
  [{}, [], 'r'],
])('%j with %j changed: %s', (filter, changed, expected) => {
  const { result } = select([{ trigger: onPush(filter), reason: 'r' }], changed);
  expect(typeof result === 'string' ? result : result.reason).toBe(expected);
});

test('comparing many files with many patterns comes in steps, and too many are refused', () => {
  const patterns = Array.from({ length: 50 }, (_none, n) => `**/*${n}{a,b}`);
  const files = (count: number) => Array.from({ length: count }, (_none, n) => `some/folder/${n}`);
  const candidates = [{ trigger: onPush({ paths: patterns }), reason: 'r' }];
  expect(select(candidates, files(10)).steps).toBe(0);
  const { steps, result } = select(candidates, files(3_000));
  expect(steps).toBeGreaterThan(100);
  expect(result).toContain('no changed file matches');
  expect(() => select(candidates, files(100_000))).toThrow('100000 files differ, too many to compare them with');
});

test('the first trigger whose filter accepts decides', () => {
  const candidates = [
    { trigger: onPullRequest({ paths: ['api/**'] }), reason: 'a' },
    { trigger: onPullRequest({ forks: 'with_secrets' }), reason: 'b' },
  ];
  expect(select(candidates, ['web/x']).result).toEqual(candidates[1]);
});

test.each([
  ['Release\n\nNothing to build [ci skip]', '[ci skip]'],
  ['[NO CI] x', '[no ci]'],
  ['do not skip ci', undefined],
  ['[skip  ci]', undefined],
])('%j asks for %s', (message, directive) => {
  expect(findSkipDirective(message)).toBe(directive);
});
