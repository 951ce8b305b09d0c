import type { JobRuntime, JobSpec, ProcessEnd, ProcessRef, StepSpec } from '@danube/core/services/ports/job-runtime.js';
import { collectProcess } from '../collect-process.js';

/** One runtime under test, and the means to see its jobs as a restarted master does. */
export interface RuntimeHarness {
  readonly runtime: JobRuntime;
  /** Another object over the same jobs. */
  reopen(): JobRuntime;
  /** A job of a commit that holds the file `greeting`, whose coordinator runs this shell command. */
  job(coordinatorCommand: string): JobSpec;
  close(): Promise<void>;
}

export interface EndedStep {
  readonly spec: StepSpec;
  readonly stdout: string;
  readonly stderr: string;
  readonly end: ProcessEnd | undefined;
}

export const never = new AbortController().signal;
export const forever = 'exec sleep 1000';

export function coordinator({ jobId }: JobSpec): ProcessRef {
  return { jobId, sequence: 0 };
}

/** What one test does with a runtime; removes its jobs afterwards. */
export class RuntimeBench {
  #harness: RuntimeHarness | undefined;
  #sequence = 0;
  readonly #jobs: string[] = [];

  constructor(private readonly create: () => Promise<RuntimeHarness>) {}

  async open(): Promise<void> {
    this.#harness = await this.create();
    this.#sequence = 0;
  }

  async close(): Promise<void> {
    for (const jobId of this.#jobs.splice(0)) {
      await this.runtime.stopJob(jobId, 0);
      await this.runtime.cleanUp(jobId);
    }
    await this.harness.close();
  }

  get harness(): RuntimeHarness {
    if (this.#harness === undefined) throw new Error('open the bench first');
    return this.#harness;
  }

  get runtime(): JobRuntime {
    return this.harness.runtime;
  }

  removeLater({ jobId }: JobSpec): void {
    this.#jobs.push(jobId);
  }

  async startJob(coordinatorCommand = forever): Promise<JobSpec> {
    const job = this.harness.job(coordinatorCommand);
    this.removeLater(job);
    await this.runtime.start(job, never);
    return job;
  }

  step({ jobId }: JobSpec, command: string, env: Readonly<Record<string, string>> = {}): StepSpec {
    this.#sequence += 1;
    const sequence = this.#sequence;
    return { jobId, sequence, name: `step-${sequence}`, command, env, image: undefined };
  }

  async runStep(job: JobSpec, command: string, env?: Readonly<Record<string, string>>): Promise<EndedStep> {
    const spec = this.step(job, command, env);
    await this.runtime.startStep(spec);
    const { stdout, stderr, end } = await collectProcess(this.runtime, spec);
    return { spec, stdout: stdout.toString(), stderr: stderr.toString(), end };
  }
}
