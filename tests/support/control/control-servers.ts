import { UuidIdGenerator } from '@danube/core/adapters/crypto/uuid-id-generator.js';
import { GrpcServer } from '@danube/core/adapters/grpc/grpc-server.js';
import { RpcServer } from '@danube/core/adapters/rpc/rpc-server.js';
import { RequestContextStorage } from '@danube/core/adapters/telemetry/request-context-storage.js';
import { PassOnTracer } from '@danube/core/adapters/telemetry/tracing/pass-on-tracer.js';
import { ControlCalls } from '@danube/core/services/control/control-calls.js';
import type { ControlPlane } from '@danube/core/services/control/control-plane.js';
import { RecordingLoggers } from '../recording-logger.js';
import { RecordingMetrics } from '../recording-metrics.js';

export interface ControlServers {
  /** `host:port` of each. */
  readonly grpc: string;
  readonly rpc: string;
  readonly metrics: RecordingMetrics;
  readonly loggers: RecordingLoggers;
  readonly context: RequestContextStorage;
  close(): Promise<void>;
}

/** Both real servers over one control plane, on free ports. */
export async function startControlServers(controlPlane: ControlPlane): Promise<ControlServers> {
  const context = new RequestContextStorage();
  const calls = new ControlCalls(controlPlane, context, new PassOnTracer(context), new UuidIdGenerator());
  const metrics = new RecordingMetrics();
  const loggers = new RecordingLoggers();
  const grpcServer = new GrpcServer(calls, metrics, loggers);
  const rpcServer = new RpcServer(calls, metrics, loggers);
  const [grpc, rpc] = await Promise.all([grpcServer.listen('127.0.0.1:0'), rpcServer.listen('127.0.0.1:0')]);
  const close = async () => {
    await Promise.all([grpcServer.close(), rpcServer.close()]);
  };
  return { grpc, rpc, metrics, loggers, context, close };
}
