import { openTestDatabase, type TestDatabase } from '@danube/test-support/database.js';
import { sampleJob, samplePipeline } from '@danube/test-support/database-samples.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultSettings } from '../../domain/config/default-settings.js';
import { podOptions } from '../../domain/kubernetes/pod-options.js';
import { ActiveConfiguration } from '../config/active-configuration.js';
import type { JobRuntime } from '../ports/job-runtime.js';
import { RecordCircumstances } from './record-circumstances.js';

let db: TestDatabase;
let configuration: ActiveConfiguration;
beforeEach(async () => {
  db = await openTestDatabase();
  configuration = new ActiveConfiguration(db.configState);
});
afterEach(() => db.close());

const platform = { platformId: 'https://danube.example.com', danubeVersion: '1.0.0', mode: 'kubernetes' } as const;
const pipeline = samplePipeline('web', { file: 'ci/danubefile.py', image: 'debian:13' });

/** What is noted of a job that starts. */
async function noted(kind: JobRuntime['kind'], attests = true) {
  const job = (await db.jobs.findById('j1')) ?? (await db.jobs.create(sampleJob('j1')));
  const record = new RecordCircumstances(
    { ...platform, attests },
    configuration,
    { kind } as JobRuntime,
    db.provenance,
  );
  await record.execute(job, pipeline, podOptions(pipeline.spec, defaultSettings.kubernetes));
  return (await db.provenance.find('j1'))?.circumstances;
}

test('the platform, the configuration in force, the pipeline file and the image of the worker are noted', async () => {
  configuration.replace({ ...configuration.applied, commit: 'c1' });
  const circumstances = { ...platform, configCommit: 'c1', pipelineFile: 'ci/danubefile.py', image: 'debian:13' };
  expect(await noted('kubernetes')).toEqual(circumstances);
});

test('a later start counts, and jobs without a worker have no image of one', async () => {
  await noted('kubernetes');
  configuration.replace({ ...configuration.applied, commit: 'c2' });
  const circumstances = await noted('local');
  expect(circumstances).toMatchObject({ configCommit: 'c2' });
  expect(circumstances?.image).toBeUndefined();
});

test('a server that vouches for nothing notes nothing', async () => {
  expect(await noted('local', false)).toBeUndefined();
});
