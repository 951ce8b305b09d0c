import { afterEach, beforeEach, expect, test } from 'vitest';
import { sampleJob } from '@danube/test-support/database-samples.js';
import { TestDanube } from '@danube/test-support/danube.js';
import { Tokens } from '@danube/core/services/tokens.js';

let danube: TestDanube;

beforeEach(async () => {
  danube = await TestDanube.start('from danube import step\nstep.run("echo $GREETING")\n');
});

afterEach(() => danube.stop());

const rerun = (id: string) => danube.running.container.resolve(Tokens.RerunJob).execute(id, 'ada');

test('a second run builds the same commit with the same environment, also when the branch has moved on', async () => {
  const first = await danube.trigger({ env: { GREETING: 'hello again' } });
  await danube.until(first.id, 'success');
  danube.project.commit({ other: 'file' });
  const { job, duplicate } = await rerun(first.id);
  expect(duplicate).toBe(false);
  expect(job).toMatchObject({ number: 2, source: first.source, trigger: { type: 'manual', actor: 'ada' } });
  expect(await danube.until(job.id, 'success')).toMatchObject({ status: 'success' });
  expect(await danube.log(job.id)).toContain('hello again');
});

test('what was given no secrets is given none the second time', async () => {
  const jobs = danube.running.container.resolve(Tokens.JobRepository);
  const pullRequest = { number: 7, targetBranch: 'main', fromFork: true };
  const source = (await danube.trigger()).source;
  const sample = sampleJob('0198a000-0000-7000-8000-000000000001', { pipelineId: 'main', pullRequest });
  const ofFork = await jobs.create({ ...sample, source: { ...source, ref: 'refs/pull/7/head' }, withSecrets: false });
  await jobs.changeStatus(ofFork.id, 'pending', 'failure', {});
  expect((await rerun(ofFork.id)).job).toMatchObject({ withSecrets: false, pullRequest });
});

test('a job or a pipeline that is not there is named', async () => {
  await expect(rerun('none')).rejects.toMatchObject({ code: 'job_not_found' });
});
