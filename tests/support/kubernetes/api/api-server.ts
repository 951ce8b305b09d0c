import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FaultyAnswers } from '../faulty-answers.js';
import { authorize, type RulesByNamespace } from './access-rules.js';
import type { ClusterApi } from './cluster-api.js';
import { readApiRequest, type ApiRequest } from './api-request.js';
import type { Certificates } from './credentials.js';
import type { Resource } from './resources.js';
import { failure, Refusal, unauthorized } from './status.js';

/** One call as it was answered; those of a watch or exec are here from the moment they open. */
export interface RecordedCall {
  readonly verb: string;
  readonly group: string;
  /** Empty for paths like `/version`. */
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  readonly user: string;
  /** With the command of an exec. */
  readonly query: string;
  readonly status: number;
}

export interface ApiServerOptions {
  readonly certificates: Certificates;
  readonly token: string;
  readonly user: string;
  readonly rules: RulesByNamespace | undefined;
  readonly served: readonly Resource[];
}

/** HTTPS in front of the cluster: who asks, whether they may, and what goes wrong on the way. */
export class ApiServer {
  readonly calls: RecordedCall[] = [];
  readonly #server: Server;
  readonly #connections = new Set<Socket>();
  #away = false;

  constructor(
    private readonly options: ApiServerOptions,
    private readonly api: ClusterApi,
    private readonly faults: FaultyAnswers,
  ) {
    const { cert, key } = options.certificates;
    this.#server = createServer({ cert, key, keepAliveTimeout: 90_000 });
    this.#server.on('request', (message, response) => void this.#answer(message, response));
    this.#server.on('upgrade', (message, socket, head) => void this.#upgrade(message, socket, head));
    this.#server.on('tlsClientError', () => undefined);
    this.#server.on('connection', (socket: Socket) => {
      socket.on('error', () => undefined);
      if (this.#away) return void socket.destroy();
      this.#connections.add(socket);
      socket.on('close', () => this.#connections.delete(socket));
    });
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Cuts every connection, and each new one until it comes back. */
  goAway(): void {
    this.#away = true;
    this.#cutAll();
  }

  comeBack(): void {
    this.#away = false;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#cutAll();
    await closed;
  }

  #cutAll(): void {
    for (const socket of this.#connections) socket.destroy();
  }

  async #answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request: { read?: ApiRequest } = {};
    try {
      const body = await readBody(message);
      request.read = this.#admit(message, false);
      await this.api.serve(request.read, message, body, response);
      this.#record(request.read, response.statusCode);
    } catch (error) {
      const { code, body, headers } = asRefusal(error);
      this.#record(request.read ?? this.#tryRead(message), code);
      if (!response.headersSent) response.writeHead(code, { ...contentType(body), ...headers });
      response.end(written(body));
    }
  }

  async #upgrade(message: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => undefined);
    let request: ApiRequest | undefined;
    try {
      request = this.#admit(message, true);
      const upgraded = request;
      await this.api.upgrade(request, message, socket, head, () => this.#record(upgraded, 101));
    } catch (error) {
      const { code, body, headers } = asRefusal(error);
      this.#record(request ?? this.#tryRead(message), code);
      const text = written(body);
      const fields = {
        ...contentType(body),
        ...headers,
        'content-length': Buffer.byteLength(text),
        connection: 'close',
      };
      const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
      socket.end([`HTTP/1.1 ${code} Refused`, ...lines, '', text].join('\r\n'));
    }
  }

  #admit(message: IncomingMessage, upgrade: boolean): ApiRequest {
    if (message.headers.authorization !== `Bearer ${this.options.token}`) throw unauthorized();
    const request = readApiRequest(message, this.options.served);
    this.faults.check(request);
    authorize(request, this.options.user, this.options.rules, upgrade);
    return request;
  }

  #tryRead(message: IncomingMessage): ApiRequest | undefined {
    try {
      return readApiRequest(message, this.options.served);
    } catch {
      return undefined;
    }
  }

  #record(request: ApiRequest | undefined, status: number): void {
    this.calls.push({
      verb: request?.verb ?? '',
      group: request?.resource?.group ?? '',
      resource: request?.resource?.plural ?? '',
      subresource: request?.subresource ?? '',
      namespace: request?.namespace ?? '',
      name: request?.name ?? '',
      query: request?.query.toString() ?? '',
      user: status === 401 ? '' : this.options.user,
      status,
    });
  }
}

async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new Refusal(500, failure(500, 'InternalError', `Internal error occurred: ${text}`));
}

function contentType(body: Refusal['body']): Record<string, string> {
  return { 'content-type': typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json' };
}

function written(body: object | string): string {
  return typeof body === 'string' ? body : `${JSON.stringify(body)}\n`;
}
