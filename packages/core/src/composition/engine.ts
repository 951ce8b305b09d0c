import inspector from 'node:inspector';
import { join } from 'node:path';
import type { DependencyContainer } from 'tsyringe';
import type { KubernetesSettings } from '../adapters/bootstrap-config/resolve-kubernetes.js';
import type { ControlCertificate } from '../adapters/control-tls/control-certificate.js';
import { Sha256TokenHasher } from '../adapters/crypto/sha256-token-hasher.js';
import { UuidIdGenerator } from '../adapters/crypto/uuid-id-generator.js';
import { createGit, type Git } from '../adapters/git/create-git.js';
import { GitRunner } from '../adapters/git/git-runner.js';
import { lockInstance } from '../adapters/persistence/instance-lock.js';
import { openPersistence, type Persistence } from '../adapters/persistence/open-persistence.js';
import { RpcServer } from '../adapters/rpc/rpc-server.js';
import type { Isolation } from '../adapters/runtime-local/isolation/isolation.js';
import { SystemClock } from '../adapters/system-clock/system-clock.js';
import type { PrometheusMetrics } from '../adapters/telemetry/metrics/prometheus-metrics.js';
import type { PluginCrashes } from '../plugins/crashes/plugin-crashes.js';
import { StuckCalls } from '../plugins/crashes/stuck-calls.js';
import type { PluginHost } from '../plugins/extensions/plugin-host.js';
import { PluginContexts } from '../plugins/guard/plugin-contexts.js';
import { pluginLimits } from '../plugins/limits.js';
import { unfinishedJobStatuses } from '../domain/job/job-status.js';
import type { BuildMode } from '../domain/provenance/build-mode.js';
import type { MasterAddresses } from '../services/ports/job-runtime.js';
import type { Logger } from '../services/ports/logger.js';
import type { SourceCheckout } from '../services/ports/source-checkout.js';
import { Tokens } from '../services/tokens.js';
import { builtInPlugins } from './built-in-plugins.js';
import { openControlCertificate } from './control-certificate.js';
import { createContainer } from './create-container.js';
import { type DataDirectory, prepareDataDirectory } from './data-directory.js';
import { Lifecycle } from './lifecycle.js';
import { registerArtifacts } from './modules/artifacts.js';
import { registerConfiguration } from './modules/configuration.js';
import { registerControl } from './modules/control.js';
import { registerGit } from './modules/git.js';
import { registerDeliveries } from './modules/deliveries.js';
import { registerJobs } from './modules/jobs.js';
import { registerPersistence } from './modules/persistence.js';
import { registerPlugins } from './modules/plugins.js';
import { registerKubernetesRuntime } from './modules/kubernetes-runtime.js';
import { registerLocalRuntime, type LocalRuntimeSettings } from './modules/local-runtime.js';
import { registerLogs } from './modules/logs.js';
import { registerProvenance } from './modules/provenance.js';
import { registerRetention } from './modules/retention.js';
import { registerSecrets } from './modules/secrets.js';
import type { Telemetry } from './telemetry.js';

export interface EngineOptions {
  readonly dataDir: string;
  /** Where the JSON control plane listens. */
  readonly rpcAddress: string;
  readonly telemetry: Telemetry;
  readonly version: string;
  /** Told of stray errors by whoever owns the process. */
  readonly crashes?: PluginCrashes;
  /** Where jobs run; undefined: on this machine. */
  readonly kubernetes?: KubernetesSettings;
  /** How jobs on this machine are kept from this server. */
  readonly local: LocalRuntimeSettings;
  /** Undefined: jobs get no provenance, because what runs is a folder and not what is in Git. */
  readonly provenance?: { readonly publicUrl: string | undefined };
  /** Where the sources of jobs come from. */
  readonly chooseCheckout: (git: Git, runner: GitRunner) => SourceCheckout;
}

/** What runs jobs, without anything that triggers or shows them. */
export interface Engine {
  readonly container: DependencyContainer;
  readonly lifecycle: Lifecycle;
  readonly logger: Logger;
  readonly data: DataDirectory;
  readonly git: Git;
  readonly gitRunner: GitRunner;
  readonly persistence: Persistence;
  readonly plugins: PluginHost;
  /** `host:port` of the JSON control plane. */
  readonly rpcAddress: string;
  /** Of both control planes; undefined: jobs talk to them in clear text. */
  readonly controlCertificate: ControlCertificate | undefined;
  /** Of jobs on this machine; undefined: they run elsewhere. */
  readonly isolation: Isolation | undefined;
}

/** Opens everything that jobs need. None runs before {@link takeUpJobs}. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { telemetry } = options;
  const logger = telemetry.loggers.forTarget('danube');
  const lifecycle = new Lifecycle(logger);
  const container = createContainer();
  try {
    const data = await prepareDataDirectory(options.dataDir);
    const gitRunner = new GitRunner(data.cache);
    const git = createGit(gitRunner, telemetry.metrics, data.knownHosts);
    container.registerInstance(Tokens.LoggerFactory, telemetry.loggers);
    container.registerInstance(Tokens.Metrics, telemetry.metrics);
    container.registerInstance(Tokens.RequestContext, telemetry.requestContext);
    container.registerInstance(Tokens.Tracer, telemetry.tracer);
    container.registerInstance(Tokens.Clock, new SystemClock());
    container.registerInstance(Tokens.IdGenerator, new UuidIdGenerator());
    container.registerInstance(Tokens.TokenHasher, new Sha256TokenHasher());
    const contexts = new PluginContexts();
    const stuckCalls = new StuckCalls(join(data.root, 'stuck-calls.jsonl'));
    const plugins = registerPlugins(container, {
      dataDir: data.root,
      version: options.version,
      counters: telemetry.metrics,
      builtIns: builtInPlugins(data.root),
      hideSecrets: (text) => telemetry.redactor.withoutSecrets(text),
      contexts,
      ...(options.crashes && { crashes: options.crashes, stuckCalls }),
    });
    if (options.crashes && inspector.url() === undefined) {
      lifecycle.onStop('watch over plugins', stuckCalls.watch(contexts.mark, pluginLimits.stuckMs));
    }
    container.registerInstance(Tokens.SourceCheckout, options.chooseCheckout(git, gitRunner));
    registerGit(container, git, data.fallbackKey);

    lifecycle.onStop('data directory', await lockInstance(data.lock));
    const { metrics, tracer } = telemetry;
    const persistence = await openPersistence(data.database, { logger, metrics, tracer });
    lifecycle.onStop('database', () => persistence.close());
    registerPersistence(container, persistence);
    await registerSecrets(container, data, persistence, telemetry.redactor);
    reportUnfinishedJobs(metrics, persistence);
    const { settings } = await registerConfiguration(container);
    await telemetry.startTracing(settings.observability.otlpEndpoint, lifecycle);
    const isolation =
      options.kubernetes === undefined ? await registerLocalRuntime(container, data, options.local) : undefined;
    if (options.kubernetes) await registerKubernetesRuntime(container, lifecycle, data, options.kubernetes);
    const provenance = {
      publicUrl: options.provenance?.publicUrl,
      danubeVersion: options.version,
      mode: buildMode(isolation, options.kubernetes),
      attests: options.provenance !== undefined,
    };
    await registerProvenance(container, data, provenance, logger);
    await registerArtifacts(container, data);
    registerLogs(container, data, settings);
    registerRetention(container, data);
    registerJobs(container);
    registerDeliveries(container);
    registerControl(container);
    lifecycle.onStop('plugins', () => plugins.stop());

    const controlCertificate =
      options.kubernetes && (await openControlCertificate(options.kubernetes, data, lifecycle, telemetry.loggers));
    const rpc = new RpcServer(container.resolve(Tokens.ControlCalls), metrics, telemetry.loggers);
    const rpcAddress = await rpc.listen(options.rpcAddress, controlCertificate?.listeners.create);
    lifecycle.onStop('JSON control plane', () => rpc.close());
    return {
      container,
      lifecycle,
      logger,
      data,
      git,
      gitRunner,
      persistence,
      plugins,
      rpcAddress,
      controlCertificate,
      isolation,
    };
  } catch (error) {
    await lifecycle.stop();
    throw error;
  }
}

/**
 * Goes on with the jobs of the last life and begins to claim new ones; stopping lets go of them. The endpoints are how
 * coordinators reach the control planes.
 */
export async function takeUpJobs({ container, lifecycle }: Engine, endpoints: MasterAddresses): Promise<void> {
  container.resolve(Tokens.ControlEndpoints).set(endpoints);
  const queue = container.resolve(Tokens.JobQueue);
  lifecycle.onStop('jobs', async () => {
    await queue.close();
    await container.resolve(Tokens.ActiveJobs).detachAll();
  });
  await container.resolve(Tokens.LooseObjects).sweep(new AbortController().signal);
  await container.resolve(Tokens.RecoverJobs).execute();
  await container.resolve(Tokens.CancelSuperseded).execute();
  container.resolve(Tokens.JobControlPlane).open();
  queue.open();
}

function buildMode(isolation: Isolation | undefined, kubernetes: KubernetesSettings | undefined): BuildMode {
  if (isolation !== undefined) return isolation.mode;
  return kubernetes?.controlTls === undefined ? 'kubernetes-insecure' : 'kubernetes';
}

function reportUnfinishedJobs(metrics: PrometheusMetrics, { jobs }: Persistence): void {
  metrics.beforeRendering(async () => {
    const counts = await jobs.countByUnfinishedStatus();
    for (const status of unfinishedJobStatuses) {
      metrics.set('danube_jobs_unfinished', counts.get(status) ?? 0, { status });
    }
  });
}
