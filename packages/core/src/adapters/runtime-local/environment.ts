import { delimiter } from 'node:path';
import type { JobSpec } from '../../services/ports/job-runtime.js';
import type { JobFolder } from './job-folder.js';

/** What a job may know of the master's own environment: enough to find and run programs, and no credential. */
const inherited = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'LANGUAGE',
  'TZ',
  'TMPDIR',
  'XDG_RUNTIME_DIR',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
];

/** The part of the master's environment that its jobs get. */
export function inheritedEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = [...inherited, ...Object.keys(env).filter((name) => name.startsWith('LC_'))];
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}

/** What the coordinator and every step of a job have in common. */
export function jobEnvironment(job: JobSpec, folder: JobFolder): Record<string, string> {
  return {
    ...job.env,
    DANUBE_JOB_ID: job.jobId,
    DANUBE_PIPELINE_ID: job.pipelineId,
    DANUBE_PIPELINE: job.pipelineName,
    DANUBE_REPO: job.source.repositoryUrl,
    DANUBE_BRANCH: job.source.branch,
    DANUBE_COMMIT_SHA: job.source.commit,
    DANUBE_TRIGGER_TYPE: job.trigger.type,
    DANUBE_TRIGGER_REF: job.trigger.ref,
    DANUBE_WORKSPACE: folder.workspace,
    ...(job.deadlineAt === undefined ? {} : { DANUBE_DEADLINE: String(job.deadlineAt) }),
  };
}

/** What only the coordinator gets. */
export function coordinatorEnvironment(job: JobSpec, folder: JobFolder, sdkPath: string): Record<string, string> {
  const own = job.env['PYTHONPATH'];
  return {
    DANUBE_CONNECTION_FILE: folder.connectionFile,
    PYTHONPATH: own === undefined ? sdkPath : `${sdkPath}${delimiter}${own}`,
    // its output is not a terminal, and Python would write it in blocks
    PYTHONUNBUFFERED: '1',
  };
}
