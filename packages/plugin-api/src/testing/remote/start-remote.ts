import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Remote } from '../kit/setting.js';

/** What arrived at a {@link RemoteServer}. */
export interface RemoteRequest {
  readonly method: string;
  /** As it was sent, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON; undefined for a request without content. */
  readonly body: unknown;
}

/** What a {@link RemoteServer} answers, while it is not told to fail. */
export interface RemoteAnswer {
  /** Default: 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; absent: no content. */
  readonly body?: unknown;
}

/** A {@link Remote} that speaks HTTP on a free port of this machine. */
export interface RemoteServer extends Remote {
  /** Without a slash at the end. */
  readonly url: string;
  limitRate(): void;
  /** Ends all connections, also those that hang. */
  close(): Promise<void>;
}

const refused: RemoteAnswer = { status: 401, body: { message: 'Unauthorized' } };
const broken: RemoteAnswer = { status: 500, body: { message: 'Internal Server Error' } };
const limited: RemoteAnswer = { status: 429, headers: { 'retry-after': '30' }, body: { message: 'Too Many Requests' } };

/** Starts a server that answers as told, until it is told to fail. */
export async function startRemote(answer: (request: RemoteRequest) => RemoteAnswer): Promise<RemoteServer> {
  let requests = 0;
  let fault: RemoteAnswer | 'hang' | undefined;
  let arrived: (() => void) | undefined;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    requests += 1;
    if (fault === 'hang') return arrived?.();
    send(response, fault ?? answer(await read(request)));
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => send(response, broken));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => requests,
    refuse: () => (fault = refused),
    breakDown: () => (fault = broken),
    limitRate: () => (fault = limited),
    hang: () => {
      fault = 'hang';
      return new Promise((resolve) => (arrived = resolve));
    },
    recover: () => (fault = undefined),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(request: IncomingMessage): Promise<RemoteRequest> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  const [path = '', query] = (request.url ?? '').split('?');
  return {
    method: request.method ?? '',
    path,
    query: new URLSearchParams(query),
    headers: request.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: RemoteAnswer): void {
  response.writeHead(status, headers).end(body === undefined ? undefined : JSON.stringify(body));
}
