import { UuidIdGenerator } from '@danube/core/adapters/crypto/uuid-id-generator.js';
import { RequestContextStorage } from '@danube/core/adapters/telemetry/request-context-storage.js';
import type { JobStatus } from '@danube/core/domain/job/job-status.js';
import { noExtensions } from '@danube/core/plugins/active-extensions.js';
import { ActiveConfiguration } from '@danube/core/services/config/active-configuration.js';
import { JobEvents } from '@danube/core/services/jobs/job-events.js';
import type {
  CommitStatusReport,
  CommitStatusRepository,
} from '@danube/core/services/ports/commit-status-repository.js';
import type { ConfiguredForge, ExtensionSet } from '@danube/core/services/ports/extensions.js';
import { ReportCommitStatuses } from '@danube/core/services/statuses/report-commit-statuses.js';
import { SendCommitStatus } from '@danube/core/services/statuses/send-commit-status.js';
import { EventEmitter } from 'node:events';
import { openTestDatabase, type TestDatabase } from './database.js';
import { sampleJob } from './database-samples.js';
import { FakeClock } from './fake-clock.js';
import { ForgeStatusServer } from './forge-status-server.js';
import { RecordingLoggers } from './recording-logger.js';
import { RecordingMetrics } from './recording-metrics.js';

interface JobParts {
  readonly commit?: string;
  readonly forge?: 'hub' | 'lab';
}

/** Commit statuses on a real database, with two forges that are real HTTP servers; only time is played. */
export class StatusesFixture {
  readonly commit = 'a'.repeat(40);
  readonly metrics = new RecordingMetrics();
  readonly loggers = new RecordingLoggers();
  readonly clock: FakeClock;
  readonly configuration: ActiveConfiguration;
  readonly extensions: { current: ExtensionSet };
  failWrites = false;
  readonly #changes = new EventEmitter<{ changed: [] }>();
  readonly #events = new JobEvents();
  readonly #ids = new UuidIdGenerator();
  #reports: ReportCommitStatuses | undefined;

  private constructor(
    readonly database: TestDatabase,
    readonly forge: ForgeStatusServer,
    readonly lab: ForgeStatusServer,
    timeLimitMs: number,
  ) {
    const changed = () => void this.#changes.emit('changed');
    this.#changes.setMaxListeners(0);
    forge.on('changed', changed);
    lab.on('changed', changed);
    this.clock = new NoticedClock(changed);
    this.configuration = new ActiveConfiguration(database.configState);
    this.extensions = {
      current: { ...noExtensions, forges: [entry('hub', forge, timeLimitMs), entry('lab', lab, timeLimitMs)] },
    };
  }

  /** `timeLimitMs` is what a forge gets for an answer. */
  static async create(timeLimitMs = 60_000): Promise<StatusesFixture> {
    const [database, forge, lab] = await Promise.all([
      openTestDatabase(),
      ForgeStatusServer.start(),
      ForgeStatusServer.start(),
    ]);
    return new StatusesFixture(database, forge, lab, timeLimitMs);
  }

  /** A new life of the server. */
  start(): void {
    const { extensions, configuration, clock, metrics, loggers } = this;
    const statuses = this.#noticedStatuses();
    const settings = { publicUrl: 'https://ci.example.org/' };
    const send = new SendCommitStatus(statuses, extensions, configuration, settings, clock, metrics, loggers);
    const context = new RequestContextStorage();
    this.#reports = new ReportCommitStatuses(statuses, send, this.#events, context, clock, loggers);
    this.#reports.start();
  }

  async stop(): Promise<void> {
    await this.#reports?.stop();
  }

  /** A job that a forge wants to hear about; answers its id. */
  async addJob(
    status: JobStatus = 'pending',
    reason?: string,
    { commit, forge = 'hub' }: JobParts = {},
  ): Promise<string> {
    const id = this.#ids.newId();
    const sample = sampleJob(id);
    const source = { ...sample.source, commit: commit ?? this.commit };
    await this.database.unitOfWork.run(async () => {
      await this.database.jobs.create({ ...sample, source });
      await this.database.commitStatuses.expect(id, forge);
      if (status !== 'pending') await this.#set(id, status, reason);
    });
    this.#events.changed(id);
    return id;
  }

  async move(id: string, status: JobStatus): Promise<void> {
    await this.#set(id, status);
    this.#events.changed(id);
  }

  async #set(id: string, status: JobStatus, reason?: string): Promise<void> {
    const job = await this.database.jobs.findById(id);
    const finishedAt = this.clock.now();
    await this.database.jobs.changeStatus(id, job?.status ?? 'pending', status, { reason, finishedAt });
  }

  report(id: string): Promise<CommitStatusReport | undefined> {
    return this.database.commitStatuses.findByJob(id);
  }

  settled(id: string): Promise<void> {
    return this.until(async () => (await this.report(id))?.settled === true);
  }

  /** Until the forge has taken so many reports, and that is stored. */
  heard(count: number): Promise<void> {
    return this.until(
      () => this.metrics.get('danube_commit_status_reports_total', { forge: 'hub', status: 'reported' }) === count,
    );
  }

  async until(condition: () => boolean | Promise<boolean>): Promise<void> {
    for (;;) {
      const changed = new Promise<void>((resolve) => this.#changes.once('changed', resolve));
      if (await condition()) return;
      await changed;
    }
  }

  async dispose(): Promise<void> {
    await this.stop();
    await Promise.all([this.forge.close(), this.lab.close()]);
    await this.database.close();
  }

  #noticedStatuses(): CommitStatusRepository {
    const { commitStatuses } = this.database;
    const noticed =
      <A extends unknown[]>(write: (...args: A) => Promise<void>) =>
      async (...args: A): Promise<void> => {
        if (this.failWrites) throw new Error('the disk is full');
        await write(...args);
        this.#changes.emit('changed');
      };
    return {
      expect: (...args) => commitStatuses.expect(...args),
      findByJob: (...args) => commitStatuses.findByJob(...args),
      listForges: () => commitStatuses.listForges(),
      nextDue: (...args) => commitStatuses.nextDue(...args),
      nextAttemptAfter: (...args) => commitStatuses.nextAttemptAfter(...args),
      recordReported: noticed((...args) => commitStatuses.recordReported(...args)),
      recordFailure: noticed((...args) => commitStatuses.recordFailure(...args)),
      giveUp: noticed((...args) => commitStatuses.giveUp(...args)),
    };
  }
}

function entry(name: string, server: ForgeStatusServer, timeLimitMs: number): ConfiguredForge {
  return { name, type: 'test', webhookSecret: undefined, forge: server.plugin(timeLimitMs) };
}

class NoticedClock extends FakeClock {
  constructor(private readonly changed: () => void) {
    super();
  }

  override callAt(at: number, callback: () => void): { cancel(): void } {
    const alarm = super.callAt(at, callback);
    this.changed();
    return alarm;
  }
}
