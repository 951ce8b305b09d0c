import { join } from 'node:path';
import { DanubeError } from '@danube/plugin-api';

/** The files of one job's log. */
export interface LogPaths {
  readonly log: string;
  readonly index: string;
  /** Raw text and keys of the master's remarks, from which their lines are rendered. */
  readonly remarks: string;
}

const jobIdPattern = '[0-9A-Za-z][0-9A-Za-z_-]{0,99}';

export function logPaths(directory: string, jobId: string): LogPaths {
  if (!new RegExp(`^${jobIdPattern}$`).test(jobId)) {
    throw new DanubeError('job_id_invalid', `"${jobId}" is no job id; take one from the list of jobs.`, {
      category: 'invalid',
    });
  }
  const path = (extension: string) => join(directory, `${jobId}.${extension}`);
  return { log: path('log'), index: path('idx'), remarks: path('remarks') };
}

/** Whose log a file of the directory belongs to; undefined for any other file. */
export function jobIdOf(name: string): string | undefined {
  return new RegExp(`^(${jobIdPattern})\\.(log|idx|remarks)$`).exec(name)?.[1];
}
