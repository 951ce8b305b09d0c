import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { answerLfs } from './git-lfs-answers.js';

export interface GitHttpServer {
  readonly url: string;
  /** Paths asked for, in order. */
  readonly requests: readonly string[];
  /** Values of the `Authorization` header, in order; empty where there was none. */
  readonly authorizations: readonly string[];
  /** Bytes of Git's own answers so far. */
  readonly bytesSent: number;
  close(): Promise<void>;
}

interface Options {
  readonly user?: string;
  readonly password?: string;
  /** Speaks the old protocol, in which commits that no ref points at are refused. */
  readonly oldProtocol?: boolean;
  /** The address that others reach this machine by; it listens on all then. */
  readonly host?: string;
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Sends every request there. */
  readonly redirectTo?: string;
  /** Awaited before each request for objects is answered. */
  readonly beforeObjects?: () => Promise<void>;
}

function serve(
  root: string,
  options: Options,
  request: IncomingMessage,
  response: ServerResponse,
  count: (bytes: number) => void,
): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'],
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_COUNT: '2',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
      GIT_CONFIG_KEY_1: 'uploadpack.allowFilter',
      GIT_CONFIG_VALUE_1: 'true',
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      REQUEST_METHOD: request.method,
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      ...(options.oldProtocol === true ? {} : { GIT_PROTOCOL: String(request.headers['git-protocol'] ?? '') }),
    },
  });
  request.pipe(child.stdin);
  child.stdin.on('error', () => undefined);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.on('close', () => {
    const output = Buffer.concat(chunks);
    const headerEnd = output.indexOf('\r\n\r\n');
    for (const line of output.toString('latin1', 0, headerEnd).split('\r\n')) {
      const [name = '', value = ''] = line.split(': ');
      if (name === 'Status') response.statusCode = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    count(output.length);
    response.end(output.subarray(headerEnd + 4));
  });
}

/** Git's own smart HTTP server in front of a folder of repositories, optionally behind a password. */
export async function startGitHttpServer(root: string, options: Options = {}): Promise<GitHttpServer> {
  const requests: string[] = [];
  const authorizations: string[] = [];
  let bytesSent = 0;
  const expected = `Basic ${Buffer.from(`${options.user}:${options.password}`).toString('base64')}`;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '';
    requests.push(path);
    authorizations.push(request.headers.authorization ?? '');
    if (options.redirectTo !== undefined) {
      response.writeHead(302, { location: `${options.redirectTo}${path}` }).end();
    } else if (options.password !== undefined && request.headers.authorization !== expected) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
    } else if (!(await answerLfs(root, request, response))) {
      if (path.endsWith('git-upload-pack')) await options.beforeObjects?.();
      serve(root, options, request, response, (bytes) => (bytesSent += bytes));
    }
  };
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  };
  const server: Server = options.tls === undefined ? createServer(listener) : createTlsServer(options.tls, listener);
  await new Promise<void>((resolve) => server.listen(0, options.host === undefined ? '127.0.0.1' : '0.0.0.0', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://${options.host ?? '127.0.0.1'}:${port}`,
    requests,
    authorizations,
    get bytesSent() {
      return bytesSent;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
