import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { WebSocket } from 'ws';

export interface RawAnswer {
  readonly code: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface WatchEvent<T = unknown> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: T;
}

/** A frame as the recordings note it. */
export interface Frame {
  readonly channel: number;
  readonly data: string;
}

interface Kubeconfig {
  readonly clusters: readonly [
    { readonly cluster: { readonly server: string; readonly 'certificate-authority-data': string } },
  ];
  readonly users: readonly [{ readonly user: { readonly token: string } }];
}

/** Speaks to an API server without a client library, so that tests see what is on the wire. */
export class RawClient {
  readonly #url: string;
  readonly #ca: Buffer;
  readonly #token: string;

  constructor(kubeconfig: string, token?: string) {
    const { clusters, users } = JSON.parse(readFileSync(kubeconfig, 'utf8')) as Kubeconfig;
    const [{ cluster }] = clusters;
    this.#url = cluster.server;
    this.#ca = Buffer.from(cluster['certificate-authority-data'], 'base64');
    this.#token = token ?? users[0].user.token;
  }

  async send(method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<RawAnswer> {
    const response = await this.#open(method, path, body, contentType);
    const chunks: Buffer[] = [];
    for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
    return { code: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString() };
  }

  /** The events of a watch until it ends or the caller breaks off. */
  async *watch<T = unknown>(path: string, query: Readonly<Record<string, string>> = {}): AsyncGenerator<WatchEvent<T>> {
    const response = await this.#open('GET', `${path}?${new URLSearchParams({ watch: 'true', ...query }).toString()}`);
    try {
      for await (const line of createInterface(response)) yield JSON.parse(line) as WatchEvent<T>;
    } finally {
      response.destroy();
    }
  }

  /** Opens an exec and notes all that comes, in the order of its coming. */
  exec(namespace: string, pod: string, command: readonly string[], options: ExecOptions = {}): RawExec {
    const { container = '', protocol = 'v5.channel.k8s.io', stdin = false } = options;
    const query = new URLSearchParams({ container, stdout: 'true', stderr: 'true', stdin: String(stdin) });
    for (const word of command) query.append('command', word);
    const url = `${this.#url.replace('https', 'wss')}/api/v1/namespaces/${namespace}/pods/${pod}/exec?${query.toString()}`;
    return new RawExec(new WebSocket(url, protocol, { ca: this.#ca, headers: this.#headers() }));
  }

  async #open(method: string, path: string, body?: unknown, contentType?: string): Promise<IncomingMessage> {
    const text = body === undefined || typeof body === 'string' ? (body ?? '') : JSON.stringify(body);
    const described =
      body === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(text) };
    const headers = { ...this.#headers(), ...described };
    const sent = request(`${this.#url}${path}`, { method, ca: this.#ca, headers, agent: false });
    sent.end(text);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    return response;
  }

  #headers(): Record<string, string> {
    return this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` };
  }
}

interface ExecOptions {
  readonly container?: string;
  readonly protocol?: string;
  readonly stdin?: boolean;
}

export class RawExec {
  readonly frames: Frame[] = [];
  readonly opened: Promise<string>;
  /** Code and reason of the close, or status and body of a refusal. */
  readonly closed: Promise<{ close: number; reason: string } | { httpStatus: number; body: string }>;

  constructor(readonly socket: WebSocket) {
    this.opened = once(socket, 'open').then(() => socket.protocol);
    this.opened.catch(() => undefined);
    this.closed = new Promise((resolve) => {
      socket.on('close', (close, reason) => resolve({ close, reason: reason.toString() }));
      socket.on('unexpected-response', (_, response: IncomingMessage) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({ httpStatus: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
        );
      });
    });
    socket.on('error', () => undefined);
    socket.on('message', (data: Buffer) => {
      this.frames.push({ channel: data[0] ?? -1, data: data.subarray(1).toString('latin1') });
    });
  }

  write(channel: number, data: string | Buffer): void {
    this.socket.send(Buffer.concat([Buffer.from([channel]), Buffer.from(data as Buffer)]));
  }

  /** All that came on a channel so far. */
  text(channel: number): string {
    return this.frames
      .filter((frame) => frame.channel === channel)
      .map(({ data }) => data)
      .join('');
  }
}
