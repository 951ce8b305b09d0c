import { DanubeError } from '@danube/plugin-api';
import { cronTrigger, TriggerFixture } from '@danube/test-support/trigger-fixture.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ReadPipelineFileAnswer } from './read-pipeline-file.js';
import type { RefreshPipelineFiles } from './refresh-pipeline-files.js';

const hour = 3_600_000;
let fixture: TriggerFixture;
let reads: string[];
let changes: number;
let heads: Record<string, string | DanubeError>;
let answer: (commit: string) => ReadPipelineFileAnswer;
let refresh: RefreshPipelineFiles;
beforeEach(async () => {
  fixture = await TriggerFixture.open('2026-01-06T11:30:20Z');
  reads = [];
  changes = 0;
  heads = {};
  answer = (commit) => ({ blobId: commit, triggers: [cronTrigger('0 12 * * *')], problems: [] });
  fixture.head = (_repository, ref) => heads[ref] ?? 'a'.repeat(40);
  const read = {
    execute: ({ commit }: { readonly commit: string }, path: string) => {
      reads.push(`${path} ${commit[0]}`);
      return Promise.resolve(answer(commit));
    },
  };
  refresh = fixture.refresh(read, { changed: () => (changes += 1) });
});
afterEach(async () => {
  await refresh.stop();
  await fixture.close();
});

const stored = async (id: string) => (await fixture.database.pipelineFiles.listByPipelines([id]))[0];
async function start(): Promise<void> {
  refresh.start();
  await refresh.idle();
}

test('reads at start what the configuration leaves open, and nothing else', async () => {
  await fixture.apply('config', { triggers: [] });
  await fixture.apply('web', { file: 'ci.py' });
  await start();
  expect(reads).toEqual(['ci.py a']);
  expect(await stored('web')).toEqual({
    pipelineId: 'web',
    source: { repository: 'https://git.example.org/web.git', branch: 'main', file: 'ci.py' },
    commit: 'a'.repeat(40),
    blobId: 'a'.repeat(40),
    triggers: [cronTrigger('0 12 * * *')],
    problems: [],
    readAt: fixture.clock.now(),
  });
  expect(changes).toBe(1);
});

test('reads again what a change of the configuration moves, and hourly what has a new head', async () => {
  await fixture.apply('web', {});
  await fixture.apply('other', {});
  await start();
  reads = [];
  await fixture.apply('web', { branch: 'develop' });
  await refresh.idle();
  expect(reads).toEqual(['danubefile.py a']);
  fixture.clock.advance(hour);
  await refresh.idle();
  expect(reads).toHaveLength(1);
  heads = { main: 'b'.repeat(40) };
  fixture.clock.advance(hour);
  await refresh.idle();
  expect(reads).toEqual(['danubefile.py a', 'danubefile.py b']);
});

test('several requests before the work are one, and the same content changes no schedule', async () => {
  await fixture.apply('web', {});
  await start();
  const pipeline = (await fixture.database.pipelines.findById('web'))!;
  heads = { main: 'b'.repeat(40) };
  answer = () => ({ blobId: 'a'.repeat(40), triggers: [], problems: [] });
  for (let count = 0; count < 3; count += 1) refresh.request(pipeline);
  await refresh.idle();
  expect(reads).toEqual(['danubefile.py a', 'danubefile.py b']);
  expect((await stored('web'))?.commit).toBe('b'.repeat(40));
  expect(changes).toBe(1);
});

test('a repository that does not answer leaves the triggers as they are, and the reason is told once', async () => {
  await fixture.apply('web', {});
  await start();
  heads = { main: new DanubeError('repository_unreachable', 'no answer', { category: 'unavailable' }) };
  for (let count = 0; count < 2; count += 1) {
    fixture.clock.advance(hour);
    await refresh.idle();
  }
  expect((await stored('web'))?.triggers).toHaveLength(1);
  expect(refresh.failure('web')).toBe('no answer');
  expect(fixture.loggers.messages('warn')).toHaveLength(1);
  heads = {};
  fixture.clock.advance(hour);
  await refresh.idle();
  expect(refresh.failure('web')).toBeUndefined();
});

test('a pipeline that is removed or decides itself is forgotten', async () => {
  await fixture.apply('web', {});
  await start();
  await fixture.apply('web', { triggers: [] });
  await refresh.idle();
  fixture.clock.advance(hour);
  await refresh.idle();
  await fixture.apply('web', {});
  await refresh.idle();
  expect(reads).toEqual(['danubefile.py a']);
  await fixture.database.pipelines.remove(['web']);
  fixture.announce();
  await refresh.idle();
  expect(refresh.failure('web')).toBeUndefined();
});

test('it stops in the middle of a reading', async () => {
  await fixture.apply('web', {});
  const begun = new Promise<void>((resolve) => {
    fixture.head = () => {
      resolve();
      return new Promise(() => undefined);
    };
  });
  refresh.start();
  await begun;
});
