import { randomBytes } from 'node:crypto';
import { AesSecretCipher } from '@danube/core/adapters/crypto/aes-secret-cipher.js';
import { UuidIdGenerator } from '@danube/core/adapters/crypto/uuid-id-generator.js';
import { RequestContextStorage } from '@danube/core/adapters/telemetry/request-context-storage.js';
import { createContainer } from '@danube/core/composition/create-container.js';
import { registerDeliveries } from '@danube/core/composition/modules/deliveries.js';
import { registerClass } from '@danube/core/composition/modules/register.js';
import type { Delivery } from '@danube/core/domain/delivery/delivery.js';
import type { Pipeline, PipelineSpec } from '@danube/core/domain/pipeline/pipeline.js';
import { ActiveConfiguration } from '@danube/core/services/config/active-configuration.js';
import { EnqueueJob, type JobRequest } from '@danube/core/services/jobs/enqueue-job.js';
import { JobEvents } from '@danube/core/services/jobs/job-events.js';
import type { ConfiguredForge } from '@danube/core/services/ports/extensions.js';
import { Tokens } from '@danube/core/services/tokens.js';
import type { TriggerDecision } from '@danube/core/services/triggers/decide-trigger.js';
import { type Forge, type ForgeEvent, SecretValue } from '@danube/plugin-api';
import { vi } from 'vitest';
import { openTestDatabase, type TestDatabase } from './database.js';
import { samplePipeline, sampleTeam } from './database-samples.js';
import { FakeClock } from './fake-clock.js';
import { RecordingLoggers } from './recording-logger.js';
import { RecordingMetrics } from './recording-metrics.js';
import plugin from './test-forge-plugin/index.mjs';
import { signedHeaders } from './test-forge.js';

/** Everything about deliveries on a real database with the test forge; what a trigger decides is up to the test. */
export class DeliveryFixture {
  readonly clock = new FakeClock();
  readonly loggers = new RecordingLoggers();

  readonly secrets = new Map([['hook', 'hook-secret']]);
  readonly container = createContainer();
  forges: ConfiguredForge[] = [this.forge('test', { webhookSecret: 'hook' })];
  /** Asked for each pipeline; starts a job unless a test replaces it. */
  decide: (pipeline: Pipeline, event: ForgeEvent, signal: AbortSignal) => Promise<TriggerDecision> = (
    pipeline,
    event,
  ) => Promise.resolve(startDecision(pipeline, event));
  /** Jobs that were replaced by newer ones. */
  readonly cancelled: string[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly metrics: RecordingMetrics,
  ) {
    const { container } = this;
    container.registerInstance(Tokens.Clock, this.clock);
    container.registerInstance(Tokens.IdGenerator, new UuidIdGenerator());
    container.registerInstance(Tokens.LoggerFactory, this.loggers);
    container.registerInstance(Tokens.Metrics, this.metrics);
    container.registerInstance(Tokens.RequestContext, new RequestContextStorage());
    container.registerInstance(Tokens.UnitOfWork, database.unitOfWork);
    container.registerInstance(Tokens.DeliveryRepository, database.deliveries);
    container.registerInstance(Tokens.PipelineRepository, database.pipelines);
    container.registerInstance(Tokens.JobRepository, database.jobs);
    container.registerInstance(Tokens.CommitStatusRepository, database.commitStatuses);
    container.registerInstance(Tokens.ActiveConfiguration, new ActiveConfiguration(database.configState));
    container.registerInstance(Tokens.SecretCipher, new AesSecretCipher(randomBytes(32)));
    container.registerInstance(Tokens.SecretReader, {
      read: (name) => {
        const value = this.secrets.get(name);
        return Promise.resolve(value === undefined ? undefined : new SecretValue(value));
      },
      readAll: () => Promise.resolve(new Map()),
    });
    container.registerInstance(Tokens.Extensions, this.#extensions());
    const decide = (...[pipeline, event, signal]: Parameters<DeliveryFixture['decide']>) =>
      this.decide(pipeline, event, signal);
    container.registerInstance(Tokens.DecideTrigger, { execute: decide } as never);
    container.registerInstance(Tokens.JobQueue, { wake: () => undefined } as never);
    container.registerInstance(Tokens.CancelJob, {
      execute: (id: string) => Promise.resolve(void this.cancelled.push(id)),
    } as never);
    container.registerInstance(Tokens.JobEvents, new JobEvents());
    registerClass(container, Tokens.EnqueueJob, EnqueueJob);
    registerDeliveries(container);
  }

  static async start(): Promise<DeliveryFixture> {
    const metrics = new RecordingMetrics();
    const database = await openTestDatabase({ metrics });
    await database.teams.upsert([sampleTeam('platform')]);
    return new DeliveryFixture(database, metrics);
  }

  /** On a database that somebody else opens and closes. */
  static on(database: TestDatabase): DeliveryFixture {
    return new DeliveryFixture(database, new RecordingMetrics());
  }

  /** An entry of `forges` of the test forge, with some of its members replaced. */
  forge(name: string, entry: { readonly webhookSecret?: string } = {}, changes: Partial<Forge> = {}): ConfiguredForge {
    const [contribution] = plugin.forges ?? [];
    const forge = contribution?.create({} as never, {} as never) as Forge;
    return { name, type: 'test', webhookSecret: entry.webhookSecret, forge: { ...forge, ...changes } };
  }

  async addPipeline(name: string, spec: Partial<PipelineSpec> = {}): Promise<void> {
    const repository = 'https://git.example.org/octo/hello.git';
    await this.database.pipelines.upsert([samplePipeline(name, { repository, ...spec })]);
  }

  /** Receives a webhook and answers its id. */
  async receive(body: Uint8Array, headers = signedHeaders(body, 'hook-secret'), forge = 'test'): Promise<string> {
    return (await this.container.resolve(Tokens.AcceptDelivery).execute(forge, { headers, body })).id;
  }

  /** Lets the worker begin and resolves when all that was stored has been worked on. */
  async work(): Promise<void> {
    this.container.resolve(Tokens.ProcessDeliveries).open();
    await this.settled(async () => (await this.database.deliveries.listReceived(0, 1)).items.length === 0);
  }

  /** Resolves as soon as the condition holds; one that never does must not go on when its test is over. */
  settled(condition: () => Promise<boolean>): Promise<void> {
    return vi.waitUntil(condition, { timeout: 30_000, interval: 5 }).then(() => undefined);
  }

  async delivery(id: string): Promise<Delivery> {
    const delivery = await this.database.deliveries.findById(id);
    if (delivery === undefined) throw new Error(`there is no delivery ${id}`);
    return delivery;
  }

  /** `pipeline outcome: reason` of each verdict. */
  async verdicts(id: string): Promise<string[]> {
    const verdicts = await this.database.deliveries.listVerdicts(id);
    return verdicts.map(({ pipelineId, outcome, reason }) => `${pipelineId} ${outcome}: ${reason}`);
  }

  /** Commits of all jobs, oldest first. */
  async jobs(): Promise<string[]> {
    const { items } = await this.database.jobs.list({}, { limit: 100 });
    return items.map(({ pipelineId, source }) => `${pipelineId} ${source.commit.replace(/^0+/, '')}`).reverse();
  }

  /** Ends the work; {@link stop} closes the database too. */
  async halt(): Promise<void> {
    await this.container.resolve(Tokens.ProcessDeliveries).close();
  }

  async stop(): Promise<void> {
    await this.halt();
    await this.database.close();
  }

  #extensions() {
    const none = { plugins: [], gitAuthMethods: [], notifiers: [], builders: [], storages: [] };
    const forges = () => this.forges;
    return {
      get current() {
        return { ...none, forges: forges() };
      },
    };
  }
}

/** The decision of a trigger that everything matches. */
export function startDecision(pipeline: Pipeline, event: ForgeEvent): TriggerDecision {
  const request: JobRequest = {
    trigger: { type: 'webhook', ref: event.ref, actor: event.actor },
    source: { repositoryUrl: pipeline.spec.repository, ref: event.ref, branch: 'main', commit: event.commit },
    pullRequest: undefined,
    withSecrets: true,
    env: {},
  };
  return { kind: 'start', request, reason: `branch "main" matches ["main"]` };
}
