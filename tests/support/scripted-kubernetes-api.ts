import { EventEmitter, once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { KubeConfig } from '@kubernetes/client-node';
import { ClusterApi, type ClusterApiOptions } from '@danube/core/adapters/runtime-kubernetes/api/cluster-api.js';
import { ClusterConnection } from '@danube/core/adapters/runtime-kubernetes/api/cluster-connection.js';
import { type WebSocket, WebSocketServer } from 'ws';
import { FakeClock } from './fake-clock.js';
import { RecordingMetrics } from './recording-metrics.js';

export interface SeenRequest {
  readonly method: string;
  /** With the query. */
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly at: number;
}

type Answer = (response: ServerResponse, request: SeenRequest) => unknown;
type Exec = (socket: WebSocket) => unknown;
/** What an upgrade is refused with. */
export interface Refusal {
  readonly status: number;
  readonly body: string;
  readonly retryAfter?: number;
}

/** An API server that answers exactly what a test says, also what a real one would say only in bad times. */
export class ScriptedKubernetesApi {
  readonly requests: SeenRequest[] = [];
  /** Says `request` when one has come, and `gone` when a connection has ended. */
  readonly arrivals = new EventEmitter();
  readonly metrics = new RecordingMetrics();
  readonly clock = new FakeClock();
  /** What each request is answered in turn; the last one stays. */
  answers: Answer[] = [json(404, { message: 'nothing is scripted' })];
  /** What comes of each upgrade in turn; the last one stays. */
  upgrades: (Exec | Refusal | 'cut' | 'silence')[] = ['cut'];
  protocol = 'v5.channel.k8s.io';
  readonly #sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => offered.has(this.protocol) && this.protocol,
  });
  readonly #connections = new Set<Socket>();
  readonly #server: Server;

  private constructor(tls: ServerOptions | undefined) {
    const listener = (request: IncomingMessage, response: ServerResponse): void => {
      void this.#record(request).then((seen) => next(this.answers)(response, seen));
    };
    this.#server = tls === undefined ? createHttpServer(listener) : createHttpsServer(tls, listener);
    this.#server.on('connection', (socket: Socket) => {
      this.#connections.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#connections.delete(socket);
        this.arrivals.emit('gone');
      });
    });
    this.#server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      void this.#record(request);
      const upgrade = next(this.upgrades);
      if (typeof upgrade === 'function') this.#sockets.handleUpgrade(request, socket, head, upgrade);
      else if (upgrade === 'cut') socket.destroy();
      else if (upgrade !== 'silence') {
        // closes when the caller does, not before
        socket.resume().on('end', () => socket.end());
        socket.write(renderRefusal(upgrade));
      }
    });
  }

  static async start(tls?: ServerOptions): Promise<ScriptedKubernetesApi> {
    const server = new ScriptedKubernetesApi(tls);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Who calls it, without waits that a test would notice. */
  api(options: Partial<ClusterApiOptions> = {}): ClusterApi {
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromClusterAndUser(
      { name: 'scripted', server: `http://127.0.0.1:${this.port}/below`, skipTLSVerify: true },
      { name: 'danube', token: 'the-token' },
    );
    return new ClusterApi(
      new ClusterConnection(kubeConfig),
      {
        jobsNamespace: 'jobs',
        systemNamespace: 'system',
        limits: { callsPerInterval: 100, intervalMs: 1000, attemptMs: 5000, pauseMs: 1, longestPauseMs: 5 },
        ...options,
      },
      this.metrics,
      this.clock,
    );
  }

  /** Cuts every connection. */
  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#connections) socket.destroy();
    await closed;
  }

  async #record(request: IncomingMessage): Promise<SeenRequest> {
    const url = new URL(request.url ?? '/', 'http://scripted');
    const at = performance.now();
    const body = request.headers.upgrade === undefined ? await text(request) : '';
    const seen = { method: request.method ?? '', url, headers: request.headers, body, at };
    this.requests.push(seen);
    this.arrivals.emit('request', seen);
    return seen;
  }
}

function next<T>(script: T[]): T {
  const first = script.length > 1 ? script.shift() : script[0];
  if (first === undefined) throw new Error('nothing is scripted');
  return first;
}

function renderRefusal({ status, body, retryAfter }: Refusal): string {
  const wait = retryAfter === undefined ? '' : `retry-after: ${retryAfter}\r\n`;
  return `HTTP/1.1 ${status} Refused\r\n${wait}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** A frame of exec: its channel, then its data. */
export function frame(channel: number, data: string | Buffer): Buffer {
  return Buffer.concat([Buffer.of(channel), Buffer.from(data)]);
}

/** An answer with a JSON body. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** An answer in plain text, as proxies and absent API groups give. */
export function plain(status: number, body: string): Answer {
  return (response) => response.writeHead(status, { 'content-type': 'text/plain' }).end(body);
}

/** No answer: the connection breaks. */
export const cut: Answer = (response) => response.destroy();
/** No answer: the connection stays. */
export const silence: Answer = () => undefined;
