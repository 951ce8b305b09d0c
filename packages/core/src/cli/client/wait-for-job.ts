import { setTimeout as delay } from 'node:timers/promises';
import { isDanubeError } from '@danube/plugin-api';
import { isFinal } from '../../domain/job/job-status.js';
import type { ApiClient } from './api-client.js';
import type { JobDetails } from './api-types.js';

const shortestPauseMs = 100;
const longestPauseMs = 2000;

/** Asks until the job has ended. A server that is away for a while is waited for. */
export async function waitForJob(client: ApiClient, jobId: string): Promise<JobDetails> {
  for (let pause = shortestPauseMs; ; pause = Math.min(pause * 1.5, longestPauseMs)) {
    const job = await showUnlessAway(client, jobId);
    if (job !== undefined && isFinal(job.status)) return job;
    await delay(pause);
  }
}

async function showUnlessAway(client: ApiClient, jobId: string): Promise<JobDetails | undefined> {
  try {
    return await client.get<JobDetails>(`/api/v1/jobs/${jobId}`);
  } catch (error) {
    if (isDanubeError(error) && error.retryable) return undefined;
    throw error;
  }
}
