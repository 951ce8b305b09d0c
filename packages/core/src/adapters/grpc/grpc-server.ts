import { once } from 'node:events';
import net from 'node:net';
import type { Server } from '@grpc/grpc-js';
import { inject, injectable } from 'tsyringe';
import type { ControlCalls } from '../../services/control/control-calls.js';
import { controlLimits } from '../../services/control/control-limits.js';
import { formatListenAddress, parseListenAddress } from '../../services/control/listen-address.js';
import type { Logger, LoggerFactory } from '../../services/ports/logger.js';
import type { Metrics } from '../../services/ports/metrics.js';
import { Tokens } from '../../services/tokens.js';
import type { CoordinatorHandlers } from './coordinator-handlers.js';

const stopGraceMs = 500;
const options = {
  'grpc.max_receive_message_length': controlLimits.bodyBytes,
  'grpc.max_concurrent_streams': 1000,
  'grpc.keepalive_time_ms': 30_000,
  'grpc.keepalive_timeout_ms': 20_000,
};

interface Engine {
  readonly server: Server;
  readonly handlers: CoordinatorHandlers;
  readonly accept: (socket: net.Socket) => void;
}

/** As `net.createServer`, or one that decrypts first. */
type CreateListener = (accept: (socket: net.Socket) => void) => net.Server;

/**
 * The control plane over gRPC. The libraries are loaded by the first connection, not by the start of the master: jobs
 * whose coordinator has no grpcio never need them.
 */
@injectable()
export class GrpcServer {
  readonly #logger: Logger;
  /** Every open connection, as it came over the network. */
  readonly #sockets = new Set<net.Socket>();
  #listener: net.Server | undefined;
  #engine: Promise<Engine> | undefined;

  constructor(
    @inject(Tokens.ControlCalls) private readonly calls: ControlCalls,
    @inject(Tokens.Metrics) private readonly metrics: Metrics,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#logger = loggers.forTarget('danube.grpc');
  }

  /** Listens on `host:port` and answers the address with the real port. */
  async listen(address: string, createListener: CreateListener = net.createServer): Promise<string> {
    const listener = createListener((socket) => this.#accept(socket));
    listener.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.#listener = listener;
    const { host, port } = parseListenAddress(address);
    listener.listen({ host, port });
    await once(listener, 'listening');
    return formatListenAddress({ host, port: (listener.address() as net.AddressInfo).port });
  }

  /** Ends open streams with UNAVAILABLE, so that coordinators ask the next master, and closes every connection. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      if (this.#listener === undefined) resolve();
      else this.#listener.close(() => resolve());
    });
    const engine = await this.#engine?.catch(() => undefined);
    engine?.handlers.abort();
    if (engine !== undefined) await shutDown(engine.server);
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #accept(socket: net.Socket): void {
    socket.on('error', () => socket.destroy());
    this.#engine ??= this.#load();
    this.#engine.then(
      (engine) => engine.accept(socket),
      (error: unknown) => {
        this.#logger.error('could not load the gRPC server', { err: error });
        this.#engine = undefined;
        socket.destroy();
      },
    );
  }

  async #load(): Promise<Engine> {
    const [{ Server, ServerCredentials }, { CoordinatorHandlers }, { loadCoordinatorService }] = await Promise.all([
      import('@grpc/grpc-js'),
      import('./coordinator-handlers.js'),
      import('./coordinator-service.js'),
    ]);
    const handlers = new CoordinatorHandlers(this.calls, this.metrics, this.#logger);
    const server = new Server(options);
    server.addService(await loadCoordinatorService(), {
      RunStep: handlers.runStep.bind(handlers),
      GetSecret: handlers.getSecret.bind(handlers),
      UploadArtifact: handlers.uploadArtifact.bind(handlers),
      DownloadArtifact: handlers.downloadArtifact.bind(handlers),
      ReportStatus: handlers.reportStatus.bind(handlers),
    });
    // what arrives here was decrypted where it had to be
    const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
    return { server, handlers, accept: (socket) => injector.injectConnection(socket) };
  }
}

/** Waits a little for the streams to end, then cuts them. */
function shutDown(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      server.forceShutdown();
      resolve();
    }, stopGraceMs);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
