import { join } from 'node:path';
import { UuidIdGenerator } from '@danube/core/adapters/crypto/uuid-id-generator.js';
import { openPersistence } from '@danube/core/adapters/persistence/open-persistence.js';
import type { FinalJobStatus } from '@danube/core/domain/job/job-status.js';
import type { JobTrigger } from '@danube/core/domain/job/job.js';
import type { JobRepository } from '@danube/core/services/ports/job-repository.js';
import { sampleJob } from '../database-samples.js';
import { silentTelemetry } from '../database.js';

const ids = new UuidIdGenerator();
const minute = 60_000;
const runs = 24;
/** Which of the last runs of a pipeline did not simply succeed, counted back from the newest. */
const mishaps: Readonly<Record<string, Readonly<Record<number, FinalJobStatus>>>> = {
  api: { 0: 'failure', 7: 'timeout', 8: 'failure' },
  docs: { 3: 'cancelled' },
  mobile: { 0: 'timeout', 1: 'failure', 2: 'failure', 11: 'failure' },
  web: { 5: 'failure', 6: 'failure', 15: 'cancelled' },
};
const reasons: Readonly<Partial<Record<FinalJobStatus, string>>> = {
  failure: 'step "test" failed with exit code 1',
  timeout: 'the job ran into its timeout of 10 min and was ended',
  cancelled: 'cancelled by ada',
};
const triggers: readonly Pick<JobTrigger, 'type' | 'actor'>[] = [
  { type: 'webhook', actor: 'ada' },
  { type: 'webhook', actor: 'grace' },
  { type: 'manual', actor: 'admin' },
  { type: 'cron', actor: 'schedule' },
];

/** Writes runs of the past into the database of a server that is stopped: the same at each call, but for when it is. */
export async function writeSampleHistory(
  dataDir: string,
  repositoryUrl: string,
  pipelines: readonly string[],
): Promise<void> {
  const database = await openPersistence(join(dataDir, 'danube.db'), silentTelemetry());
  await database.unitOfWork.run(async () => {
    for (let back = runs - 1; back >= 0; back -= 1) {
      for (const [index, pipelineId] of pipelines.entries()) {
        await writeRun(database.jobs, { pipelineId, index, back, repositoryUrl });
      }
    }
  });
  await database.close();
}

interface Run {
  readonly pipelineId: string;
  readonly repositoryUrl: string;
  /** Which pipeline it is, and which of its runs, counted back from the newest: both vary what it looks like. */
  readonly index: number;
  readonly back: number;
}

async function writeRun(jobs: JobRepository, { pipelineId, repositoryUrl, index, back }: Run): Promise<void> {
  const status = mishaps[pipelineId]?.[back] ?? 'success';
  const length = (2 + index + ((back * 7 + index * 3) % 5) * 0.6) * minute * (status === 'timeout' ? 2 : 1);
  const createdAt = Date.now() - (back * 50 + index * 7 + 20) * minute;
  const branch = (back + index) % 4 === 0 ? 'feature/search' : 'main';
  const source = { ...sampleJob('').source, repositoryUrl, branch, ref: `refs/heads/${branch}` };
  const trigger = { ...triggers[(back + index) % triggers.length]!, ref: source.ref };
  const job = await jobs.create({ ...sampleJob(ids.newId(), { pipelineId, createdAt }), source, trigger });
  const startedAt = createdAt + 4_000;
  await jobs.changeStatus(job.id, 'pending', 'scheduling', { scheduledAt: createdAt + 1_500 });
  await jobs.changeStatus(job.id, 'scheduling', 'running', { startedAt });
  await jobs.changeStatus(job.id, 'running', status, { finishedAt: startedAt + length, reason: reasons[status] });
}
