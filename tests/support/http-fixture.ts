import { createHash, generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { AesSecretCipher } from '@danube/core/adapters/crypto/aes-secret-cipher.js';
import { Ed25519Signer } from '@danube/core/adapters/crypto/ed25519-signer.js';
import { Sha256TokenHasher } from '@danube/core/adapters/crypto/sha256-token-hasher.js';
import { UuidIdGenerator } from '@danube/core/adapters/crypto/uuid-id-generator.js';
import type { HttpDependencies, HttpSettings } from '@danube/core/adapters/http/http-dependencies.js';
import { HttpServer } from '@danube/core/adapters/http/http-server.js';
import { RequestContextStorage } from '@danube/core/adapters/telemetry/request-context-storage.js';
import { LocalArtifacts } from '@danube/core/builtin/local-storage/local-artifacts.js';
import { ActiveExtensions } from '@danube/core/plugins/active-extensions.js';
import { ArtifactStorages } from '@danube/core/services/artifacts/artifact-storages.js';
import { ReadArtifact } from '@danube/core/services/artifacts/read-artifact.js';
import { signedContent } from '@danube/core/domain/artifact/signed-content.js';
import type { Artifact } from '@danube/core/domain/artifact/artifact.js';
import type { Job } from '@danube/core/domain/job/job.js';
import type { JobStatus } from '@danube/core/domain/job/job-status.js';
import { AuthenticateToken } from '@danube/core/services/access/authenticate-token.js';
import { AuditLog } from '@danube/core/services/audit/audit-log.js';
import { OneTimeTokens } from '@danube/core/services/access/one-time-tokens.js';
import { Sessions } from '@danube/core/services/access/sessions.js';
import { jobNotFound } from '@danube/core/services/jobs/job-errors.js';
import { JobEvents } from '@danube/core/services/jobs/job-events.js';
import { WatchAllJobs } from '@danube/core/services/jobs/watch-all-jobs.js';
import { WatchJob } from '@danube/core/services/jobs/watch-job.js';
import type { NewJob } from '@danube/core/services/ports/job-repository.js';
import { ReadProvenance } from '@danube/core/services/provenance/read-provenance.js';
import { SecretScopes } from '@danube/core/services/secrets/secret-scopes.js';
import { Secrets } from '@danube/core/services/secrets/secrets.js';
import { Tokens } from '@danube/core/services/tokens.js';
import { DescribeTriggers } from '@danube/core/services/triggers/describe-triggers.js';
import { attest } from './attest.js';
import { openTestDatabase, type TestDatabase } from './database.js';
import { sampleJob, samplePipeline, sampleTeam } from './database-samples.js';
import { DeliveryFixture } from './delivery-fixture.js';
import { FakeClock } from './fake-clock.js';
import { LogFixture } from './log-fixture.js';
import { RecordingLoggers } from './recording-logger.js';
import { RecordingMetrics } from './recording-metrics.js';

export const adminToken = 'the-admin-token-of-this-test';

const reapedLogs = { kind: 'logs', count: 2, bytes: 300, oldest: 1_000, failure: 'the disk is away' } as const;
const storageProblem = { kind: 'log_missing', subject: 'the log of job j', repaired: false } as const;

const settings: HttpSettings = {
  metricsPublic: true,
  publicUrlIsHttps: false,
  corsOrigins: () => ['https://ui.example.org'],
  heartbeatMs: 15_000,
};

/** The real HTTP server on a real database and real log files; only what starts processes is left out. */
export class HttpFixture {
  readonly ids = new UuidIdGenerator();
  readonly clock = new FakeClock();
  readonly metrics = new RecordingMetrics();
  readonly loggers = new RecordingLoggers();
  /** Why no pipeline file could be read the last time. */
  pipelineFileFailure: string | undefined;
  readonly requestContext = new RequestContextStorage();
  readonly signer = new Ed25519Signer(generateKeyPairSync('ed25519').privateKey);
  readonly oneTimeTokens: OneTimeTokens;
  /** The forge `test` is enabled; nothing is worked on before its `work`. */
  readonly deliveries: DeliveryFixture;
  readonly deps: HttpDependencies;
  readonly server: HttpServer;
  url = '';
  /** Where artifacts of the database lie. */
  readonly artifacts: LocalArtifacts;
  readonly #events = new JobEvents();

  private constructor(
    readonly database: TestDatabase,
    readonly logs: LogFixture,
    changes: Partial<HttpDependencies> & { readonly settings?: HttpSettings },
  ) {
    const hasher = new Sha256TokenHasher();
    this.artifacts = new LocalArtifacts(join(logs.settings.directory, 'artifacts'));
    this.oneTimeTokens = new OneTimeTokens(this.clock, this.ids, hasher);
    this.deliveries = DeliveryFixture.on(database);
    const auditLog = new AuditLog(database.audit, hasher, database.unitOfWork, this.clock);
    this.deps = {
      settings,
      webUi: new Map(),
      pipelines: database.pipelines,
      describeTriggers: (pipelines) =>
        new DescribeTriggers(
          database.pipelineFiles,
          database.cronRuns,
          { failure: () => this.pipelineFileFailure },
          this.clock,
        ).execute(pipelines),
      listBranches: () => Promise.resolve(['main', 'next']),
      jobs: database.jobs,
      commitStatuses: database.commitStatuses,
      steps: database.steps,
      artifacts: database.artifacts,
      readArtifact: new ReadArtifact(
        database.artifacts,
        new ArtifactStorages(new ActiveExtensions(), this.artifacts),
        this.metrics,
      ),
      readProvenance: new ReadProvenance(database.jobs, database.artifacts, database.provenance),
      signer: this.signer,
      logs: logs.store,
      startJob: async (request) => {
        const [branch = 'main', commit = 'c'.repeat(40)] = [request.ref?.replace('refs/heads/', ''), request.commit];
        const duplicate = await database.jobs.findUnfinishedDuplicate(
          request.pipelineId,
          `refs/heads/${branch}`,
          commit,
        );
        if (duplicate !== undefined) return { job: duplicate, duplicate: true };
        const base = sampleJob(this.ids.newId(), { pipelineId: request.pipelineId, branch, env: request.env ?? {} });
        const trigger = { ref: base.source.ref, ...request.trigger } as NewJob['trigger'];
        const job = await database.jobs.create({ ...base, trigger, source: { ...base.source, commit } });
        return { job, duplicate: false };
      },
      rerunJob: async (jobId, actor) => {
        const job = await database.jobs.findById(jobId);
        if (job === undefined) throw jobNotFound(jobId);
        const { source, pipelineId, trigger } = job;
        const request = { ...sampleJob(this.ids.newId()), pipelineId, source, trigger: { ...trigger, actor } };
        return { job: await database.jobs.create(request), duplicate: false };
      },
      cancelJob: async (jobId, reason) => {
        const job = await database.jobs.findById(jobId);
        if (job === undefined) throw jobNotFound(jobId);
        return this.move(job, 'cancelled', reason);
      },
      watchAllJobs: (signal) => new WatchAllJobs(this.#events).execute(signal),
      watchJob: (jobId, signal) => new WatchJob(database.jobs, this.#events).execute(jobId, signal),
      webhooks: this.deliveries.container.resolve(Tokens.AcceptDelivery),
      deliveries: database.deliveries,
      replayDelivery: (id) => this.deliveries.container.resolve(Tokens.ReplayDelivery).execute(id),
      secrets: new Secrets(
        database.secrets,
        new SecretScopes(database.teams, database.pipelines),
        new AesSecretCipher(Buffer.alloc(32, 7)),
        { hide: () => undefined },
        auditLog,
        database.unitOfWork,
        this.ids,
        this.clock,
        this.loggers,
      ),
      secretRecipient: 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p',
      auditLog,
      reaper: {
        execute: ({ dryRun }) => Promise.resolve({ dryRun, parts: [reapedLogs] }),
        check: () => Promise.resolve({ found: 1, repaired: 0, problems: [storageProblem] }),
      },
      syncConfig: () =>
        Promise.resolve({ status: 'unchanged', commit: 'a'.repeat(40), problems: [], changes: [], pluginFailures: [] }),
      configStatus: async () => ({
        repository: { url: 'https://git.example.org/config.git', branch: 'main' },
        current: await database.configState.current(),
        syncs: await database.configState.listSyncs(10),
      }),
      readinessChecks: [],
      plugins: () => Promise.resolve({ apiVersion: '1.0.0', items: [] }),
      renderMetrics: () => Promise.resolve({ contentType: 'text/plain; version=0.0.4', text: 'danube_up 1\n' }),
      authenticateToken: new AuthenticateToken(hasher.hash(adminToken), hasher),
      oneTimeTokens: this.oneTimeTokens,
      sessions: new Sessions(database.sessions, this.clock, this.ids, hasher),
      ids: this.ids,
      requestContext: this.requestContext,
      tracer: { span: (_name, _attributes, work) => work(), traceparent: () => undefined },
      metrics: this.metrics,
      loggers: this.loggers,
      ...changes,
    };
    this.server = new HttpServer(this.deps);
  }

  static async start(changes: Partial<HttpDependencies> = {}): Promise<HttpFixture> {
    const fixture = new HttpFixture(await openTestDatabase(), await LogFixture.create(), changes);
    const { host, port } = await fixture.server.listen('127.0.0.1', 0);
    fixture.url = `http://${host}:${port}`;
    return fixture;
  }

  async addArtifact(jobId: string, name: string, content: Buffer): Promise<Artifact> {
    const id = this.ids.newId();
    const place = { storage: '', key: `${jobId}/${id}` };
    await this.artifacts.prepare();
    await this.artifacts.put(place.key, Readable.from([content]), new AbortController().signal);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const signature = this.signer.sign(signedContent(sha256));
    const artifact = { id, jobId, name, sizeBytes: content.length, sha256, signature, createdAt: 1_000, place };
    await this.database.artifacts.create(artifact);
    return artifact;
  }

  /** A job of pipeline `web` that has succeeded, with artifacts of these names, and provenance. Answers its id. */
  async addAttestedJob(artifacts: Readonly<Record<string, Buffer>> = { web: Buffer.from('archive') }): Promise<string> {
    const job = await this.addJob();
    for (const [name, content] of Object.entries(artifacts)) await this.addArtifact(job.id, name, content);
    await attest(this.database, await this.move(job, 'success'), this.signer);
    return job.id;
  }

  /** Asks as the admin, unless `headers` say something else about it. */
  fetch(path: string, init: RequestInit & { readonly headers?: Record<string, string> } = {}): Promise<Response> {
    return fetch(this.url + path, { ...init, headers: { authorization: `Bearer ${adminToken}`, ...init.headers } });
  }

  /** The JSON answer to a GET, or to a POST where a body is given. */
  async json(path: string, body?: unknown): Promise<{ readonly status: number; readonly body: never }> {
    const post = { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const response = await this.fetch(path, body === undefined ? {} : post);
    return { status: response.status, body: (await response.json()) as never };
  }

  async addPipelines(...names: string[]): Promise<void> {
    await this.database.teams.upsert([sampleTeam('platform')]);
    await this.database.pipelines.upsert(names.map((name) => samplePipeline(name)));
  }

  /** A pending job of pipeline `web`, which must be there. */
  addJob(changes: Parameters<typeof sampleJob>[1] = {}): Promise<Job> {
    return this.database.jobs.create(sampleJob(this.ids.newId(), changes));
  }

  /** Changes the status and tells those who watch. */
  async move(job: Job, to: JobStatus, reason?: string): Promise<Job> {
    const current = (await this.database.jobs.findById(job.id)) ?? job;
    await this.database.jobs.changeStatus(job.id, current.status, to, { reason, finishedAt: this.clock.now() });
    this.#events.changed(job.id);
    return (await this.database.jobs.findById(job.id)) ?? job;
  }

  /** A whole log of these lines, written by one step. */
  async writeLog(jobId: string, lines: readonly string[]): Promise<void> {
    const writer = await this.logs.store.openWriter(jobId, () => Promise.resolve(Buffer.alloc(0)));
    const source = { sequence: 1, name: 'test' };
    await writer.append(source, 'stdout', 0, Buffer.from(lines.map((line) => `${line}\n`).join('')));
    await writer.finishSource(source);
    await writer.close();
  }

  async stop(): Promise<void> {
    await this.server.stop(1000);
    await this.deliveries.halt();
    await this.database.close();
    await this.logs.dispose();
  }
}
