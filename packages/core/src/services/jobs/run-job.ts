import { isDanubeError } from '@danube/plugin-api';
import { inject, injectable } from 'tsyringe';
import { abandonAt } from '../../domain/job/abandon-at.js';
import type { Job } from '../../domain/job/job.js';
import { podOptions } from '../../domain/kubernetes/pod-options.js';
import { shortestMaskedCharacters } from '../../domain/masking/value-forms.js';
import { isFinal, transition } from '../../domain/job/job-status.js';
import type { Pipeline } from '../../domain/pipeline/pipeline.js';
import type { Clock } from '../ports/clock.js';
import type { IdGenerator } from '../ports/id-generator.js';
import type { JobRepository } from '../ports/job-repository.js';
import type { JobRuntime, JobSpec, ProcessEnd } from '../ports/job-runtime.js';
import type { JobTokenRepository } from '../ports/job-token-repository.js';
import type { Logger, LoggerFactory } from '../ports/logger.js';
import type { PipelineRepository } from '../ports/pipeline-repository.js';
import type { StepRepository } from '../ports/step-repository.js';
import type { TokenHasher } from '../ports/token-hasher.js';
import type { Tracer } from '../ports/tracer.js';
import type { RepositoryAccess } from '../ports/source-checkout.js';
import type { JobSecrets } from '../secrets/job-secrets.js';
import type { RecordCircumstances } from '../provenance/record-circumstances.js';
import type { ActiveConfiguration } from '../config/active-configuration.js';
import type { AwaitRepositoryAccess } from '../git/await-repository-access.js';
import { Tokens } from '../tokens.js';
import { ActiveJob } from './active-job.js';
import type { ActiveJobs } from './active-jobs.js';
import type { ControlEndpoints } from './control-endpoints.js';
import type { FinishJob } from './finish-job.js';
import { followOutput } from './follow-output.js';
import { coordinatorName, type JobLogs } from './job-logs.js';
import type { JobEvents } from './job-events.js';
import type { JobDeadlines } from './job-deadlines.js';
import { persistently } from './persistently.js';
import type { SettleJob } from './settle-job.js';
import { outputCutReason, type StepRunner } from './step-runner.js';

/** Runs one claimed job to its end, or takes it up again where an earlier life of the master left it. */
@injectable()
export class RunJob {
  readonly #logger: Logger;

  constructor(
    @inject(Tokens.JobRepository) private readonly jobs: JobRepository,
    @inject(Tokens.StepRepository) private readonly steps: StepRepository,
    @inject(Tokens.PipelineRepository) private readonly pipelines: PipelineRepository,
    @inject(Tokens.JobTokenRepository) private readonly tokens: JobTokenRepository,
    @inject(Tokens.JobSecrets) private readonly secrets: JobSecrets,
    @inject(Tokens.ActiveConfiguration) private readonly configuration: ActiveConfiguration,
    @inject(Tokens.AwaitRepositoryAccess) private readonly awaitAccess: AwaitRepositoryAccess,
    @inject(Tokens.RecordCircumstances) private readonly recordCircumstances: RecordCircumstances,
    @inject(Tokens.JobRuntime) private readonly runtime: JobRuntime,
    @inject(Tokens.JobLogs) private readonly logs: JobLogs,
    @inject(Tokens.ActiveJobs) private readonly activeJobs: ActiveJobs,
    @inject(Tokens.JobDeadlines) private readonly deadlines: JobDeadlines,
    @inject(Tokens.StepRunner) private readonly stepRunner: StepRunner,
    @inject(Tokens.FinishJob) private readonly finishJob: FinishJob,
    @inject(Tokens.SettleJob) private readonly settleJob: SettleJob,
    @inject(Tokens.JobEvents) private readonly events: JobEvents,
    @inject(Tokens.ControlEndpoints) private readonly endpoints: ControlEndpoints,
    @inject(Tokens.IdGenerator) private readonly ids: IdGenerator,
    @inject(Tokens.TokenHasher) private readonly hasher: TokenHasher,
    @inject(Tokens.Clock) private readonly clock: Clock,
    @inject(Tokens.Tracer) private readonly tracer: Tracer,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.jobs');
  }

  /**
   * Makes this master the one that looks after the job: from here on it can be cancelled and its coordinator answered.
   * Undefined when that is impossible; the job has failed then.
   */
  async open(job: Job, mode: 'start' | 'resume'): Promise<ActiveJob | undefined> {
    try {
      if (mode === 'start') await persistently(() => this.secrets.take(job), this.#retrying(job));
      const pipeline = await persistently(() => this.pipelines.findById(job.pipelineId), this.#retrying(job));
      const log = await persistently(() => this.logs.open(job.id), this.#retrying(job));
      const active = new ActiveJob(job, pipeline, log);
      this.activeJobs.add(active);
      return active;
    } catch (error) {
      await this.#fail(job, error);
      await this.secrets.clear(job.id);
      return undefined;
    }
  }

  /** Never rejects: whatever goes wrong becomes the job's status and reason. */
  execute(active: ActiveJob, mode: 'start' | 'resume'): Promise<void> {
    const { id, pipelineId } = active.job;
    const attributes = { 'danube.job_id': id, 'danube.pipeline_id': pipelineId };
    active.done = this.tracer.span('job', attributes, () => this.#runToEnd(active, mode));
    return active.done;
  }

  async #runToEnd(active: ActiveJob, mode: 'start' | 'resume'): Promise<void> {
    const { job, pipeline } = active;
    const disarm = this.deadlines.arm(active, pipeline?.spec.timeoutAction ?? 'kill');
    const stop = () => void this.settleJob.stopProcesses(job.id);
    active.ending.addEventListener('abort', stop);
    try {
      // a cancel may have come between the claim and now, when there was nobody yet to tell
      if (await this.#hasEnded(job)) active.end();
      if (mode === 'start') await this.#start(active);
      else await this.#resumeSteps(active);
      await this.#markRunning(active);
      const end = await followOutput(
        this.runtime,
        active.log,
        { jobId: job.id, sequence: 0 },
        coordinatorName,
        active.detached,
      );
      await this.#finish(job, end);
    } catch (error) {
      // an abort is how a stop or a final status reaches us here: neither is a failure of the job
      if (!active.detached.aborted && !active.ending.aborted) await this.#fail(job, error);
    } finally {
      disarm();
      active.ending.removeEventListener('abort', stop);
      if (active.detached.aborted) await active.log.release();
      else await this.#settle(active);
      this.activeJobs.remove(job.id);
    }
  }

  async #hasEnded({ id }: Job): Promise<boolean> {
    const job = await this.jobs.findById(id);
    return job === undefined || isFinal(job.status);
  }

  async #start(active: ActiveJob): Promise<void> {
    const { job, pipeline } = active;
    active.ending.throwIfAborted();
    if (pipeline === undefined) throw new Error(`the pipeline "${job.pipelineId}" is no longer configured`);
    const token = this.ids.newToken();
    await persistently(() => this.tokens.add(job.id, this.hasher.hash(token)), this.#retrying(job));
    const { branch, commit } = job.source;
    const at = commit === '' ? '' : ` at ${commit}`;
    await active.log.remark('start', `job #${job.number} of ${job.pipelineName}: ${branch}${at}`);
    const short = await this.secrets.unmaskable(job.id);
    if (short.length > 0) await active.log.remark('unmasked', unmaskedWarning(short));
    const signal = AbortSignal.any([active.ending, active.detached]);
    const access = await this.awaitAccess.execute(job, signal);
    const spec = this.#spec(job, pipeline, token, access);
    await persistently(() => this.recordCircumstances.execute(job, pipeline, spec.pod), this.#retrying(job));
    const starting = this.runtime.start(spec, signal);
    active.markBegun();
    const { warnings } = await starting;
    for (const [index, warning] of warnings.entries()) await active.log.remark(`checkout-${index}`, warning);
  }

  async #resumeSteps(active: ActiveJob): Promise<void> {
    active.markBegun();
    const started = (await this.steps.listByJob(active.job.id)).filter((step) => step.status === 'running');
    for (const step of started) this.stepRunner.resume(active, step);
  }

  async #markRunning({ job }: ActiveJob): Promise<void> {
    if (job.status === 'running') return;
    const changed = await persistently(
      () =>
        this.jobs.changeStatus(job.id, 'scheduling', transition('scheduling', 'running'), {
          startedAt: this.clock.now(),
        }),
      this.#retrying(job),
    );
    if (changed) this.events.changed(job.id);
  }

  async #finish(job: Job, end: ProcessEnd): Promise<void> {
    if (end.kind === 'lost') await this.finishJob.execute(job.id, 'failure', `the coordinator was lost: ${end.reason}`);
    else if (end.outputCut) await this.finishJob.execute(job.id, 'failure', `${coordinatorName}: ${outputCutReason}`);
    else if (end.exitCode === 0) await this.finishJob.execute(job.id, 'success', undefined);
    else {
      const reported = (await this.jobs.findById(job.id))?.reason;
      await this.finishJob.execute(
        job.id,
        'failure',
        reported ?? `${coordinatorName} ended with exit code ${end.exitCode}`,
      );
    }
  }

  async #fail(job: Job, error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error);
    if (!isDanubeError(error)) this.#logger.error('job failed', { job_id: job.id, err: error });
    await this.finishJob.execute(job.id, 'failure', reason);
  }

  async #settle(active: ActiveJob): Promise<void> {
    active.end();
    await persistently(
      () => this.settleJob.execute(active.job.id, active.log, active),
      this.#retrying(active.job),
      active.detached,
    ).catch((error: unknown) => {
      if (active.detached.aborted) return;
      this.#logger.error('could not clean up after a job', { job_id: active.job.id, err: error });
    });
  }

  #spec(job: Job, pipeline: Pipeline, token: string, access: RepositoryAccess): JobSpec {
    const { spec } = pipeline;
    return {
      jobId: job.id,
      pipelineId: pipeline.id,
      pipelineName: pipeline.name,
      team: spec.team,
      source: job.source,
      trigger: job.trigger,
      pipelineFile: spec.file,
      cloneSubmodules: spec.cloneSubmodules,
      cloneDepth: spec.cloneDepth,
      access,
      env: { ...spec.env, ...job.env },
      network: spec.network,
      pod: podOptions(spec, this.configuration.settings.kubernetes),
      deadlineAt: spec.timeoutAction === 'kill' ? job.deadlineAt : undefined,
      abandonAt: job.deadlineAt === undefined ? undefined : abandonAt(job.deadlineAt, spec.timeoutAction),
      connection: { ...this.endpoints.current(), token, traceparent: this.tracer.traceparent() },
    };
  }

  #retrying(job: Job): (error: Error) => void {
    return (error) => this.#logger.warn('a write for a job failed; will try again', { job_id: job.id, err: error });
  }
}

function unmaskedWarning(names: readonly string[]): string {
  const few = `shorter than ${shortestMaskedCharacters} characters`;
  return `warning: not hidden in this log, because ${few}: ${names.join(', ')}`;
}
