import { join } from 'node:path';
import { ConfigSyncFixture, pipelineText, teamText } from '@danube/test-support/config-sync-fixture.js';
import { GitRepository } from '@danube/test-support/git-fixtures.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DirectoryConfigSource } from '../../adapters/config-files/directory-config-source.js';
import { formatDiff } from '../../domain/config/format-diff.js';

let world: ConfigSyncFixture;
const never = new AbortController().signal;
beforeEach(async () => {
  world = await ConfigSyncFixture.open();
});
afterEach(() => world.close());

test('a plan says what a folder would change, and changes nothing', async () => {
  const { sync, plan, source } = await world.boot();
  world.repository.commit({ 'teams.yaml': teamText('platform'), 'p.yaml': pipelineText('web') });
  await sync.execute(never);
  const next = new GitRepository(join(world.folder, 'next'));
  next.commit({
    'teams.yaml': teamText('platform'),
    'p.yaml': pipelineText('web', { branch: 'x' }),
    '.x/y.yaml': ': [',
  });
  const result = await plan.execute(new DirectoryConfigSource(next.path), undefined, never);
  expect(result.kind === 'valid' && formatDiff(result.diff)).toEqual(['~ pipeline web: spec.branch']);
  expect((await world.database.pipelines.findById('web'))?.spec.branch).toBe('main');
  next.commit({ 'pipelines/p.yaml': 'kind: x' });
  expect((await plan.execute(new DirectoryConfigSource(next.path), undefined, never)).kind).toBe('invalid');
  const same = await plan.execute(source, world.repository.head(), never);
  expect(same.kind === 'valid' && formatDiff(same.diff)).toEqual([]);
  await expect(plan.execute(new DirectoryConfigSource('/nowhere'), undefined, never)).rejects.toMatchObject({
    code: 'config_directory_unreadable',
  });
});
