import { DanubeError } from '@danube/plugin-api';

export function jobNotFound(jobId: string): DanubeError {
  return new DanubeError('job_not_found', `there is no job "${jobId}"`, { category: 'not_found' });
}

export function pipelineNotFound(pipelineId: string): DanubeError {
  return new DanubeError('pipeline_not_found', `there is no pipeline "${pipelineId}"`, { category: 'not_found' });
}

export function jobNotActive(jobId: string): DanubeError {
  return new DanubeError('job_not_active', `job ${jobId} is not running`, { category: 'conflict' });
}

/** The job goes on; the next master answers. */
export function masterStopping(jobId: string): DanubeError {
  return new DanubeError('master_stopping', `the master is stopping; job ${jobId} goes on, ask again`, {
    category: 'unavailable',
    retryAfterMs: 500,
  });
}

/** Between a restart and the moment when its jobs have been taken up again. */
export function jobNotTakenUp(jobId: string): DanubeError {
  return new DanubeError('job_not_taken_up', `the master is still taking up job ${jobId}; ask again`, {
    category: 'unavailable',
    retryAfterMs: 100,
  });
}
