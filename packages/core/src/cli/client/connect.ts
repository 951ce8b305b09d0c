import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DanubeError } from '@danube/plugin-api';
import { InvalidArgumentError, type Command } from 'commander';
import type { Terminal } from '../output/terminal.js';
import { ApiClient } from './api-client.js';

const standardServer = 'http://127.0.0.1:8080';
const standardDataDir = '/var/lib/danube';

export interface ServerOptions {
  readonly server?: string;
  readonly token?: string;
}

/** Gives a command the options by which it finds its server. */
export function withServerOptions(command: Command): Command {
  return command
    .option(
      '--server <url>',
      `server to talk to (or DANUBE_SERVER; default: this machine’s, ${standardServer})`,
      httpUrl,
    )
    .option('--token <token>', 'access token (or DANUBE_TOKEN; default: this machine’s admin token, if readable)');
}

/** A client for the server that options, environment or this machine's configuration name, in that order. */
export async function connect(terminal: Terminal, options: ServerOptions): Promise<ApiClient> {
  const { env } = terminal;
  const local = await localServer(env);
  const server = options.server ?? checkedServer(env['DANUBE_SERVER']) ?? local.url;
  const token = options.token ?? env['DANUBE_TOKEN'] ?? (await localToken(server, local.dataDir));
  return new ApiClient(server, token);
}

/** How a server that listens there is reached from its own machine. */
export function addressOnThisMachine(bindAddress: string): string {
  return `http://${bindAddress.replace(/^(0\.0\.0\.0|\[::\]):/, '127.0.0.1:')}`;
}

async function localServer(env: Terminal['env']): Promise<{ url: string; dataDir: string }> {
  const { loadBootstrapConfig } = await import('../../adapters/bootstrap-config/load-bootstrap-config.js');
  try {
    const { server } = await loadBootstrapConfig(env);
    return { url: addressOnThisMachine(server.bindAddress), dataDir: server.dataDir };
  } catch {
    // a bootstrap file that this user cannot read, or that is broken, concerns the server and not its clients
    return { url: standardServer, dataDir: standardDataDir };
  }
}

/** The admin token of this machine goes to this machine only. */
async function localToken(server: string, dataDir: string): Promise<string | undefined> {
  const { hostname } = new URL(server);
  if (!/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)) return undefined;
  try {
    return (await readFile(path.join(dataDir, 'keys', 'admin.token'), 'utf8')).trim();
  } catch {
    return undefined;
  }
}

function checkedServer(text: string | undefined): string | undefined {
  if (text === undefined || isHttpUrl(text)) return text;
  throw new DanubeError('server_address_invalid', `DANUBE_SERVER is "${text}"; ${acceptedServer}`, {
    category: 'invalid',
  });
}

function httpUrl(text: string): string {
  if (isHttpUrl(text)) return text;
  throw new InvalidArgumentError(acceptedServer);
}

const acceptedServer = 'write an address such as https://danube.example.com.';

function isHttpUrl(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}
