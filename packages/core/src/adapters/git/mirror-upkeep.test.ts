import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openToAll } from '@danube/test-support/checkout-fixture.js';
import { GitRepository } from '@danube/test-support/git-fixtures.js';
import { RecordingMetrics } from '@danube/test-support/recording-metrics.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createGit } from './create-git.js';
import { GitRunner } from './git-runner.js';
import { tidyMirror } from './mirror-upkeep.js';

let folder: string;
const never = new AbortController().signal;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'danube-upkeep-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a mirror that has grown is packed anew, and forgets what nobody asked for in weeks', async () => {
  const repository = new GitRepository(join(folder, 'repository'));
  const runner = new GitRunner(join(folder, 'cache'));
  const { checkout } = createGit(runner, new RecordingMetrics(), join(folder, 'hosts'));
  const destination = join(folder, 'workspace');
  const common = {
    repositoryUrl: repository.url,
    ref: 'main',
    destination,
    submodules: false,
    depth: 1,
    access: openToAll,
  };
  const commits: string[] = [];
  for (let n = 0; n < 3; n += 1) {
    const commit = repository.commit({ 'a.txt': `${n}` });
    commits.push(commit);
    await checkout.checkOut({ ...common, commit }, never);
    if (n === 0) {
      const old = new Date(Date.now() - 15 * 24 * 3_600_000);
      utimesSync(join(mirrorOf(folder), 'refs/danube/commits', commit), old, old);
    }
  }
  const packs = () => readdirSync(join(mirrorOf(folder), 'objects/pack')).filter((name) => name.endsWith('.pack'));
  await tidyMirror(runner, mirrorOf(folder), { keepHidden: false, maxPacks: 4 }, never);
  expect(packs()).toHaveLength(3);
  const [pack = ''] = packs();
  writeFileSync(join(mirrorOf(folder), 'objects/pack', pack.replace(/pack$/, 'keep')), '');
  await tidyMirror(runner, mirrorOf(folder), { keepHidden: false, maxPacks: 3 }, never);
  expect(packs()).toHaveLength(1);
  const kept = readdirSync(join(mirrorOf(folder), 'refs/danube/commits'));
  expect(kept.sort()).toEqual(commits.slice(1).sort());
  for (const commit of [commits[0] ?? '', commits[2] ?? '']) await checkout.checkOut({ ...common, commit }, never);
});

function mirrorOf(folder: string): string {
  const repositories = join(folder, 'cache/repositories');
  return join(repositories, readdirSync(repositories)[0] ?? '');
}
