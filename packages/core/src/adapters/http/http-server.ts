import { setMaxListeners } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { DanubeError } from '@danube/plugin-api';
import { ByteBudget } from './byte-budget.js';
import { createApp } from './create-app.js';
import type { HttpDependencies } from './http-dependencies.js';
import { LogFrames } from './log-view/log-frames.js';
import type { ServerState } from './server-state.js';

const headersTimeoutMs = 10_000;
const requestTimeoutMs = 60_000;
const webhookMemoryBytes = 256 * 1024 * 1024;

/** The REST API over HTTP/1.1. */
export class HttpServer {
  readonly #stopping = new AbortController();
  readonly #server: Server;
  /** Connections that have not asked for anything yet: node does not count them among the idle ones. */
  readonly #silent = new Set<Socket>();

  constructor(deps: HttpDependencies) {
    // every live view listens; the default limit of ten is there to find leaks
    setMaxListeners(0, this.#stopping.signal);
    const state: ServerState = {
      stopping: this.#stopping.signal,
      webhookBytes: new ByteBudget(webhookMemoryBytes),
      logFrames: new LogFrames(),
    };
    const answer = createApp(deps, state).callback();
    this.#server = createServer(
      { headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs },
      (request, response) => {
        this.#silent.delete(request.socket);
        void answer(request, response);
      },
    );
    this.#server.on('connection', (socket) => {
      this.#silent.add(socket);
      socket.once('close', () => this.#silent.delete(socket));
    });
  }

  /**
   * Resolves with the address once connections are accepted. Port 0 takes any free one.
   * @throws DanubeError `listen_failed` (unavailable) when the address is taken or not of this machine.
   */
  async listen(host: string, port: number): Promise<{ readonly host: string; readonly port: number }> {
    await new Promise<void>((resolve, reject) => {
      const refuse = (error: NodeJS.ErrnoException): void => reject(listenFailed(host, port, error));
      this.#server.once('error', refuse);
      this.#server.listen(port, host, () => {
        this.#server.off('error', refuse);
        resolve();
      });
    });
    const { address, port: actual } = this.#server.address() as AddressInfo;
    return { host: address, port: actual };
  }

  /** Accepts nothing new, ends event streams, lets other requests finish for at most `graceMs`, then cuts them off. */
  async stop(graceMs: number): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#stopping.abort();
    for (const socket of this.#silent) socket.destroy();
    const timer = setTimeout(() => this.#server.closeAllConnections(), graceMs);
    await closed;
    clearTimeout(timer);
  }
}

function listenFailed(host: string, port: number, error: NodeJS.ErrnoException): DanubeError {
  const reason = error.code === 'EADDRINUSE' ? 'something else listens there already' : error.message;
  return new DanubeError(
    'listen_failed',
    `cannot listen on ${host}:${port}: ${reason}; choose another bind_address (DANUBE_BIND_ADDRESS)`,
    { category: 'unavailable', cause: error },
  );
}
