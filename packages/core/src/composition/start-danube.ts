import type { DependencyContainer } from 'tsyringe';
import type { BootstrapConfig } from '../adapters/bootstrap-config/bootstrap-config.js';
import { resolveKubernetes } from '../adapters/bootstrap-config/resolve-kubernetes.js';
import { GrpcServer } from '../adapters/grpc/grpc-server.js';
import { Tokens } from '../services/tokens.js';
import { bootPlugins } from './boot-plugins.js';
import { containPluginCrashes } from './contain-plugin-crashes.js';
import { openEngine, takeUpJobs } from './engine.js';
import { logIsolation } from './isolation-check.js';
import { startReaper } from './modules/retention.js';
import { startCommitStatuses } from './modules/statuses.js';
import { registerTriggers, startTriggers } from './modules/triggers.js';
import { prepareConfigSync, startConfigSync } from './start-config-sync.js';
import { prepareDeliveries, startDeliveries } from './start-deliveries.js';
import { startHttp } from './start-http.js';
import { createTelemetry, type TelemetryOptions } from './telemetry.js';

export interface RunningDanube {
  readonly container: DependencyContainer;
  /** `host:port` as bound. */
  readonly addresses: { readonly http: string; readonly rpc: string; readonly grpc: string };
  /** Lets go of running jobs, which go on, and ends everything else. Idempotent. */
  stop(): Promise<void>;
}

export interface StartOptions extends Pick<TelemetryOptions, 'output' | 'version'> {
  /** Whether the process is this server's alone, so that it may decide what becomes of errors that nobody caught. */
  readonly ownsProcess?: boolean;
}

/**
 * Starts a whole server.
 * @throws DanubeError of what is wrong first; nothing is left running then.
 */
export async function startDanube(config: BootstrapConfig, options: StartOptions): Promise<RunningDanube> {
  const { server, logging } = config;
  const telemetry = createTelemetry({ ...options, levels: logging.level, format: logging.format });
  const kubernetes = config.runtime.kind === 'kubernetes' ? await resolveKubernetes(config, process.env) : undefined;
  const crashes = options.ownsProcess === true ? containPluginCrashes(process, telemetry) : undefined;
  const engine = await openEngine({
    dataDir: server.dataDir,
    rpcAddress: server.rpcAddress,
    telemetry,
    version: options.version,
    ...(crashes && { crashes }),
    ...(kubernetes && { kubernetes }),
    local: { ...config.runtime, secretFiles: secretFiles(config) },
    provenance: { publicUrl: server.publicUrl },
    chooseCheckout: (git) => git.checkout,
  });
  const { container, lifecycle, logger } = engine;
  try {
    await prepareConfigSync(engine, config.configRepo);
    await bootPlugins(engine);
    const grpcServer = new GrpcServer(container.resolve(Tokens.ControlCalls), telemetry.metrics, telemetry.loggers);
    const grpc = await grpcServer.listen(server.grpcAddress, engine.controlCertificate?.listeners.create);
    lifecycle.onStop('gRPC control plane', () => grpcServer.close());
    const { rpcUrl, grpcAddress } = kubernetes ?? { rpcUrl: `http://${engine.rpcAddress}`, grpcAddress: grpc };
    await takeUpJobs(engine, { rpcUrl, grpcAddress, ca: engine.controlCertificate?.ca });
    await registerTriggers(container);
    const gap = await prepareDeliveries(engine);
    const http = await startHttp(engine, config, telemetry);
    await startConfigSync(engine);
    await startTriggers(container, lifecycle);
    startDeliveries(engine, gap);
    startReaper(container, lifecycle);
    startCommitStatuses(container, lifecycle, server.publicUrl);
    logIsolation(logger, engine.isolation);
    const addresses = { http, rpc: engine.rpcAddress, grpc };
    logger.info('serving', addresses);
    return { container, addresses, stop: () => lifecycle.stop() };
  } catch (error) {
    await lifecycle.stop();
    throw error;
  }
}

function secretFiles({ configRepo, server }: BootstrapConfig): readonly string[] {
  return [configRepo.sshKeyPath, server.controlTlsKey].filter((path) => path !== undefined);
}
