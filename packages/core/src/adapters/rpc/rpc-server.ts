import http from 'node:http';
import http2 from 'node:http2';
import net from 'node:net';
import { inject, injectable } from 'tsyringe';
import type { ControlCalls } from '../../services/control/control-calls.js';
import { formatListenAddress, parseListenAddress } from '../../services/control/listen-address.js';
import type { LoggerFactory } from '../../services/ports/logger.js';
import type { Metrics } from '../../services/ports/metrics.js';
import { Tokens } from '../../services/tokens.js';
import type { Request, Response } from './http-messages.js';
import { type CreateListener, ProtocolSwitch } from './protocol-switch.js';
import { RpcHandlers } from './rpc-handlers.js';

const stopGraceMs = 500;
/** None but the job's deadline: a large artifact over a slow line takes its time. */
const longestUploadMs = 0;
const maxConcurrentStreams = 1000;

/** The control plane as JSON over HTTP/2 (cleartext with prior knowledge, TLS with ALPN), HTTP/1.1 and HTTP/1.0, on one port. */
@injectable()
export class RpcServer {
  readonly #handlers: RpcHandlers;
  readonly #sessions = new Set<http2.ServerHttp2Session>();
  #connections: ProtocolSwitch | undefined;

  constructor(
    @inject(Tokens.ControlCalls) calls: ControlCalls,
    @inject(Tokens.Metrics) metrics: Metrics,
    @inject(Tokens.LoggerFactory) loggers: LoggerFactory,
  ) {
    this.#handlers = new RpcHandlers(calls, metrics, loggers.forTarget('danube.rpc'));
  }

  /** Listens on `host:port` and answers the address with the real port. */
  async listen(address: string, createListener: CreateListener = net.createServer): Promise<string> {
    const { host, port } = parseListenAddress(address);
    const handle = (request: Request, response: Response) => this.#handlers.handle(request, response);
    const http1 = http.createServer({ requestTimeout: longestUploadMs }, handle);
    const h2 = http2.createServer({ settings: { maxConcurrentStreams } }, (request, response) =>
      handle(request as unknown as Request, response as unknown as Response),
    );
    h2.on('session', (session) => {
      this.#sessions.add(session);
      session.on('close', () => this.#sessions.delete(session));
      session.on('error', () => session.destroy());
    });
    this.#connections = new ProtocolSwitch(http1, h2, createListener);
    return formatListenAddress({ host, port: await this.#connections.listen({ host, port }) });
  }

  /** Ends open streams with a retryable error, so that coordinators ask the next master, and closes every connection. */
  async close(): Promise<void> {
    const connections = this.#connections;
    if (connections === undefined) return;
    const stopped = connections.stop();
    const timer = setTimeout(() => connections.destroyConnections(), stopGraceMs);
    for (const session of this.#sessions) session.close();
    void this.#handlers.abort().then(() => connections.endHttp1Connections());
    await stopped;
    clearTimeout(timer);
  }
}
