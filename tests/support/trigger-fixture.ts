import { UuidIdGenerator } from '@danube/core/adapters/crypto/uuid-id-generator.js';
import type { CronTrigger, PipelineSpec } from '@danube/core/domain/pipeline/pipeline.js';
import type { Job } from '@danube/core/domain/job/job.js';
import { ActiveConfiguration } from '@danube/core/services/config/active-configuration.js';
import { JobEvents } from '@danube/core/services/jobs/job-events.js';
import { EnqueueJob } from '@danube/core/services/jobs/enqueue-job.js';
import type { FindRepositoryAccess } from '@danube/core/services/git/find-repository-access.js';
import type { SourceCheckout } from '@danube/core/services/ports/source-checkout.js';
import type { ReadPipelineFile } from '@danube/core/services/triggers/read-pipeline-file.js';
import { RefreshPipelineFiles } from '@danube/core/services/triggers/refresh-pipeline-files.js';
import { RunSchedules } from '@danube/core/services/triggers/run-schedules.js';
import { StartScheduledJob } from '@danube/core/services/triggers/start-scheduled-job.js';
import { type DanubeError } from '@danube/plugin-api';
import { openTestDatabase, type TestDatabase } from './database.js';
import { samplePipeline, sampleTeam } from './database-samples.js';
import { FakeClock } from './fake-clock.js';
import { RecordingLoggers } from './recording-logger.js';
import { RecordingMetrics } from './recording-metrics.js';

export const cronTrigger = (schedule: string, changes: Partial<CronTrigger> = {}): CronTrigger => ({
  type: 'cron',
  schedule,
  catchUp: 'one',
  skipIfRunning: true,
  ...changes,
});

type EnqueueParts = ConstructorParameters<typeof EnqueueJob>;

/** What starts jobs, on a real database; repositories answer what the test says. */
export class TriggerFixture {
  readonly metrics = new RecordingMetrics();
  readonly loggers = new RecordingLoggers();
  readonly active: ActiveConfiguration;
  /** The commit at the head of a branch, or the error. */
  head: (repository: string, ref: string) => string | DanubeError | Promise<string>;
  readonly findAccess = {
    execute: () => Promise.resolve({ authMethod: 'none', credential: undefined }),
  } as unknown as FindRepositoryAccess;
  readonly checkout: SourceCheckout = {
    resolve: async (repository, ref, _access, signal) => {
      const stopped = new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
      const commit = await Promise.race([this.head(repository, ref), stopped]);
      if (typeof commit !== 'string') throw commit;
      return { ref: ref.startsWith('refs/') ? ref : `refs/heads/${ref}`, commit };
    },
    checkOut: () => Promise.reject(new Error('nothing is checked out here')),
  };
  #commits = 0;

  private constructor(
    readonly database: TestDatabase,
    readonly clock: FakeClock,
  ) {
    this.active = new ActiveConfiguration(database.configState);
    this.head = () => this.newCommit();
  }

  static async open(now: string): Promise<TriggerFixture> {
    const database = await openTestDatabase();
    await database.teams.upsert([sampleTeam('platform')]);
    return new TriggerFixture(database, new FakeClock(Date.parse(now)));
  }

  newCommit(): string {
    this.#commits += 1;
    return this.#commits.toString(16).padStart(40, '0');
  }

  /** Puts a pipeline into force, as a config sync does. */
  async apply(name: string, spec: Partial<PipelineSpec>): Promise<void> {
    await this.database.pipelines.upsert([samplePipeline(name, spec)]);
    this.announce();
  }

  announce(): void {
    this.active.replace(this.active.applied);
  }

  /** As a server has it that has just been started. */
  schedules(): RunSchedules {
    const { jobs, commitStatuses, unitOfWork, pipelines, cronRuns } = this.database;
    const enqueue = new EnqueueJob(
      jobs,
      commitStatuses,
      { current: { forges: [] } } as unknown as EnqueueParts[2],
      unitOfWork,
      new UuidIdGenerator(),
      this.clock,
      new JobEvents(),
      { wake: () => undefined } as EnqueueParts[7],
      { execute: () => Promise.reject(new Error('nothing is replaced here')) } as unknown as EnqueueParts[8],
    );
    const start = new StartScheduledJob(
      pipelines,
      cronRuns,
      jobs,
      this.checkout,
      this.findAccess,
      enqueue,
      unitOfWork,
      this.clock,
      this.metrics,
      this.loggers,
    );
    return new RunSchedules(this.active, cronRuns, start, this.clock, this.loggers);
  }

  refresh(read: Pick<ReadPipelineFile, 'execute'>, schedules: Pick<RunSchedules, 'changed'>): RefreshPipelineFiles {
    const { pipelines, pipelineFiles } = this.database;
    return new RefreshPipelineFiles(
      this.active,
      pipelines,
      pipelineFiles,
      this.findAccess,
      this.checkout,
      read as ReadPipelineFile,
      schedules,
      this.clock,
      this.loggers,
    );
  }

  async jobs(): Promise<readonly Job[]> {
    return (await this.database.jobs.list({}, { limit: 200 })).items.toReversed();
  }

  /** When the schedules of a pipeline are dealt with up to, and what came of them. */
  async runs(pipelineId: string): Promise<string[]> {
    const runs = await this.database.cronRuns.listByPipelines([pipelineId]);
    return runs.map(({ lastDueAt, lastOutcome }) => `${new Date(lastDueAt).toISOString().slice(0, 16)} ${lastOutcome}`);
  }

  close(): Promise<void> {
    return this.database.close();
  }
}
