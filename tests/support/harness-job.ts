import { randomUUID } from 'node:crypto';
import type { JobSpec } from '@danube/core/services/ports/job-runtime.js';
import { sampleJobSpec } from './job-spec-sample.js';

/** A new job of a repository at a commit; the master that it is told of does not exist. */
export function harnessJob(repositoryUrl: string, commit: string, changes: Partial<JobSpec> = {}): JobSpec {
  const jobId = randomUUID();
  return sampleJobSpec({
    jobId,
    source: { repositoryUrl, ref: 'refs/heads/main', branch: 'main', commit },
    env: { OF_THE_JOB: 'shared' },
    deadlineAt: Date.now() + 60_000,
    abandonAt: Date.now() + 660_000,
    connection: {
      rpcUrl: 'http://127.0.0.1:1',
      grpcAddress: '127.0.0.1:1',
      ca: undefined,
      token: `token-${jobId}`,
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    },
    ...changes,
  });
}
