import type { CheckoutPlan } from '../../../services/ports/checkout-program.js';
import type { JobSpec } from '../../../services/ports/job-runtime.js';
import { connectionDocument } from '../../step-supervisor/connection-document.js';
import { coordinatorEnvironment, jobEnvironment } from '../../step-supervisor/job-environment.js';
import { quoteForShell, renderCommand, renderEnvironment } from '../../step-supervisor/render-files.js';
import { mounts, podPaths } from '../pod-layout.js';
import { coordinatorProgram } from '../scripts/coordinator-program.js';
import type { Delivery } from '../scripts/delivery.js';

/** Programs that run in the pod, as this version of the master needs them. */
export interface DeliveryPrograms {
  /** Text of the follow program, in Python. */
  readonly follow: string;
  /** Where the coordinator's image has the Python package `danube`. */
  readonly sdkPath: string;
  /** The shell command that runs the job's pipeline file; its working directory is the workspace. */
  readonly coordinatorCommand: (job: JobSpec) => string;
}

/** Git refuses a workspace that belongs to another user, and a worker's user is another one. */
const trustWorkspace = {
  GIT_CONFIG_COUNT: '1',
  GIT_CONFIG_KEY_0: 'safe.directory',
  GIT_CONFIG_VALUE_0: '*',
};

export function connectionText(job: JobSpec): string {
  return `${JSON.stringify(connectionDocument(job.connection))}\n`;
}

/** The `env` file of a process: the job's variables, then its own. */
export function processEnvironment(env: Readonly<Record<string, string>>): string {
  return `. ${quoteForShell(podPaths.environment)}\n${renderEnvironment(env)}`;
}

/** All that the pod of a job is brought. */
export function makeDelivery(job: JobSpec, plan: CheckoutPlan, programs: DeliveryPrograms): Delivery {
  const paths = { connectionFile: podPaths.connection, sdk: programs.sdkPath };
  return {
    connection: connectionText(job),
    coordinatorProgram: coordinatorProgram(job.jobId),
    followProgram: programs.follow,
    environment: renderEnvironment({ ...trustWorkspace, ...jobEnvironment(job, mounts.workspace) }),
    coordinator: {
      jobId: job.jobId,
      sequence: 0,
      env: processEnvironment(coordinatorEnvironment(job, paths)),
      command: renderCommand(programs.coordinatorCommand(job)),
    },
    checkoutProgram: plan.program,
    checkoutFiles: Object.fromEntries(
      Object.entries(plan.files).map(([name, content]) => [
        name,
        typeof content === 'string' ? content : content.reveal(),
      ]),
    ),
  };
}
