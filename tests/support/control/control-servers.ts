import { UuidIdGenerator } from '@danube/core/adapters/crypto/uuid-id-generator.js';
import { GrpcServer } from '@danube/core/adapters/grpc/grpc-server.js';
import { RpcServer } from '@danube/core/adapters/rpc/rpc-server.js';
import { RequestContextStorage } from '@danube/core/adapters/telemetry/request-context-storage.js';
import { PassOnTracer } from '@danube/core/adapters/telemetry/tracing/pass-on-tracer.js';
import { ControlCalls } from '@danube/core/services/control/control-calls.js';
import type { ControlPlane } from '@danube/core/services/control/control-plane.js';
import { RecordingLoggers } from '../recording-logger.js';
import { RecordingMetrics } from '../recording-metrics.js';
import type { Identity } from './identity.js';

export interface ControlServers {
  /** `host:port` of each. */
  readonly grpc: string;
  readonly rpc: string;
  /** PEM of the authority of their certificate; undefined: they speak clear text. */
  readonly ca: string | undefined;
  readonly metrics: RecordingMetrics;
  readonly loggers: RecordingLoggers;
  readonly context: RequestContextStorage;
  close(): Promise<void>;
}

/** Both real servers over one control plane, on free ports. */
export async function startControlServers(controlPlane: ControlPlane, identity?: Identity): Promise<ControlServers> {
  const context = new RequestContextStorage();
  const calls = new ControlCalls(controlPlane, context, new PassOnTracer(context), new UuidIdGenerator());
  const metrics = new RecordingMetrics();
  const loggers = new RecordingLoggers();
  const grpcServer = new GrpcServer(calls, metrics, loggers);
  const rpcServer = new RpcServer(calls, metrics, loggers);
  const listener = identity?.listeners(loggers.forTarget('danube.tls')).create;
  const [grpc, rpc] = await Promise.all([
    grpcServer.listen('127.0.0.1:0', listener),
    rpcServer.listen('127.0.0.1:0', listener),
  ]);
  const close = async () => {
    await Promise.all([grpcServer.close(), rpcServer.close()]);
  };
  return { grpc, rpc, ca: identity?.ca, metrics, loggers, context, close };
}
