import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { UuidIdGenerator } from '@danube/core/adapters/crypto/uuid-id-generator.js';
import { KeyedQueue } from '@danube/core/adapters/git/keyed-queue.js';
import { UnusedMirrors } from '@danube/core/adapters/git/unused-mirrors.js';
import { LocalArtifacts } from '@danube/core/builtin/local-storage/local-artifacts.js';
import { createContainer } from '@danube/core/composition/create-container.js';
import { registerClass } from '@danube/core/composition/modules/register.js';
import { registerRetention } from '@danube/core/composition/modules/retention.js';
import type { InstanceSettings } from '@danube/core/domain/config/configuration.js';
import { defaultSettings } from '@danube/core/domain/config/default-settings.js';
import { archiveKey } from '@danube/core/domain/artifact/archive-key.js';
import type { Artifact } from '@danube/core/domain/artifact/artifact.js';
import type { JobStatus } from '@danube/core/domain/job/job-status.js';
import { ActiveExtensions } from '@danube/core/plugins/active-extensions.js';
import { ArtifactStorages } from '@danube/core/services/artifacts/artifact-storages.js';
import { LooseObjects } from '@danube/core/services/artifacts/loose-objects.js';
import { ActiveConfiguration } from '@danube/core/services/config/active-configuration.js';
import { SweepDeliveries } from '@danube/core/services/deliveries/sweep-deliveries.js';
import { ActiveJobs } from '@danube/core/services/jobs/active-jobs.js';
import { Tokens } from '@danube/core/services/tokens.js';
import { openTestDatabase, type TestDatabase } from './database.js';
import { sampleJob, sampleStep } from './database-samples.js';
import { FakeClock } from './fake-clock.js';
import { LogFixture, noSource } from './log-fixture.js';
import { RecordingLoggers } from './recording-logger.js';
import { RecordingMetrics } from './recording-metrics.js';

export const dayMs = 86_400_000;
const never = new AbortController().signal;

/** The reaper on a real database and real files; which jobs the runtime still has, and how full the disk is, is up to the test. */
export class RetentionFixture {
  readonly clock = new FakeClock(Date.now());
  readonly metrics = new RecordingMetrics();
  readonly loggers = new RecordingLoggers();
  readonly container = createContainer();
  readonly artifacts: LocalArtifacts;
  readonly #ids = new UuidIdGenerator();
  /** Ids of jobs that still occupy the runtime, or why it cannot tell. */
  unsettled: string[] | Error = [];
  freeBytes: number | Error = Number.MAX_SAFE_INTEGER;

  private constructor(
    /** Laid out as a data directory. */
    readonly folder: string,
    readonly database: TestDatabase,
    readonly logs: LogFixture,
  ) {
    const { container } = this;
    this.artifacts = new LocalArtifacts(join(folder, 'artifacts'));
    container.registerInstance(Tokens.Clock, this.clock);
    container.registerInstance(Tokens.Metrics, this.metrics);
    container.registerInstance(Tokens.LoggerFactory, this.loggers);
    container.registerInstance(Tokens.UnitOfWork, database.unitOfWork);
    container.registerInstance(Tokens.JobRepository, database.jobs);
    container.registerInstance(Tokens.FinishedJobRepository, database.finishedJobs);
    container.registerInstance(Tokens.ArtifactRepository, database.artifacts);
    container.registerInstance(Tokens.DeliveryRepository, database.deliveries);
    container.registerInstance(Tokens.LogStore, logs.store);
    container.registerInstance(Tokens.Extensions, new ActiveExtensions());
    container.registerInstance(Tokens.OwnArtifactStorage, this.artifacts);
    container.registerInstance(Tokens.ActiveConfiguration, new ActiveConfiguration(database.configState));
    container.registerInstance(Tokens.ActiveJobs, new ActiveJobs());
    container.registerInstance(Tokens.JobRuntime, { listJobs: () => outcome(this.unsettled) } as never);
    container.registerInstance(Tokens.SourceCache, new UnusedMirrors(this.#cache, new KeyedQueue()));
    registerClass(container, Tokens.ArtifactStorages, ArtifactStorages);
    registerClass(container, Tokens.LooseObjects, LooseObjects);
    registerClass(container, Tokens.SweepDeliveries, SweepDeliveries);
    registerRetention(container, { root: folder } as never);
    container.registerInstance(Tokens.DiskSpace, { freeBytes: () => outcome(this.freeBytes) });
  }

  static async start(): Promise<RetentionFixture> {
    const folder = join(await mkdtemp(join(tmpdir(), 'danube-retention-')), 'data');
    const logs = await LogFixture.create({ directory: join(folder, 'logs') });
    const fixture = new RetentionFixture(folder, await openTestDatabase(), logs);
    await fixture.artifacts.prepare();
    return fixture;
  }

  get #cache(): string {
    return join(this.folder, 'cache', 'repositories');
  }

  get reaper() {
    return this.container.resolve(Tokens.Reaper);
  }

  configure(retention: Partial<InstanceSettings['retention']>): void {
    const settings = { ...defaultSettings, retention: { ...defaultSettings.retention, ...retention } };
    this.container.resolve(Tokens.ActiveConfiguration).replace({ commit: 'c', settings, appliedAt: 1 });
  }

  daysAgo(days: number): number {
    return this.clock.now() - days * dayMs;
  }

  /** A job with a step that came to this status so many days ago, and its log. */
  async addJob(daysAgo: number, status: JobStatus = 'success'): Promise<string> {
    const id = this.#ids.newId();
    const at = this.daysAgo(daysAgo);
    await this.database.jobs.create(sampleJob(id, { createdAt: at }));
    const isOver = status !== 'running';
    await this.database.jobs.changeStatus(id, 'pending', status, { startedAt: at, ...(isOver && { finishedAt: at }) });
    await this.database.steps.createOnce(sampleStep(id, 1));
    const log = await this.logs.store.openWriter(id, noSource);
    await log.remark('start', `this is the log of ${id}`);
    await log.close();
    return id;
  }

  async addArtifact(jobId: string, name = 'web'): Promise<Artifact> {
    const id = this.#ids.newId();
    const content = Buffer.alloc(1000, name);
    const place = { storage: '', key: archiveKey(jobId, id, name) };
    await this.artifacts.put(place.key, Readable.from([content]), never);
    const createdAt = (await this.database.jobs.findById(jobId))?.createdAt ?? 0;
    const artifact = {
      id,
      jobId,
      name,
      sizeBytes: content.length,
      sha256: 'ab',
      signature: undefined,
      createdAt,
      place,
    };
    await this.database.artifacts.create(artifact);
    return artifact;
  }

  /** A cached repository of 5 bytes that was last used so many days ago. */
  async addCached(name: string, daysAgo: number): Promise<string> {
    const path = join(this.#cache, name);
    await mkdir(path, { recursive: true });
    await writeFile(join(path, 'pack'), 'bytes');
    const at = new Date(this.daysAgo(daysAgo));
    await utimes(path, at, at);
    return path;
  }

  async objectKeys(): Promise<string[]> {
    const keys: string[] = [];
    for await (const { key } of this.artifacts.list('', never)) keys.push(key);
    return keys;
  }

  async stop(): Promise<void> {
    await this.container.resolve(Tokens.ReaperSchedule).stop();
    await this.database.close();
    await rm(dirname(this.folder), { recursive: true, force: true });
  }
}

function outcome<T>(value: T | Error): Promise<T> {
  return value instanceof Error ? Promise.reject(value) : Promise.resolve(value);
}
