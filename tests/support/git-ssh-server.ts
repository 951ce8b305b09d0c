import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePorts } from './free-ports.js';

const sshd = '/usr/sbin/sshd';

export function hasSshServer(): boolean {
  try {
    accessSync(sshd);
    return true;
  } catch {
    return false;
  }
}

export interface GitSshServer {
  readonly folder: string;
  readonly port: number;
  /** `ssh://user@host:port`; absolute paths follow. */
  readonly url: string;
  /** A line for `known_hosts`. */
  readonly hostLine: string;
  /** Lets in whoever has the other half. */
  authorize(publicKey: string): void;
  /** Ends it and starts it anew at the same port, with another host key. */
  exchangeHostKey(): Promise<void>;
  close(): Promise<void>;
}

/** Makes a key pair without a passphrase, unless one is given, and answers the path of its private half. */
export function makeSshKey(path: string, passphrase = ''): string {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', 'test', '-f', path]);
  return path;
}

/** OpenSSH's own server on this machine, for the user who runs the tests. It listens on `host`, an address of it. */
export async function startGitSshServer(host = '127.0.0.1'): Promise<GitSshServer> {
  const folder = mkdtempSync(join(tmpdir(), 'danube-sshd-'));
  const [port = 0] = await freePorts(1);
  // the server refuses to run as root without it
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  writeFileSync(join(folder, 'authorized_keys'), '');
  writeFileSync(
    join(folder, 'config'),
    [
      `ListenAddress ${host}:${port}`,
      `HostKey ${join(folder, 'host_key')}`,
      `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
      `PidFile ${join(folder, 'pid')}`,
      'StrictModes no',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PermitRootLogin prohibit-password',
      'AcceptEnv GIT_PROTOCOL',
    ].join('\n'),
  );
  const hostKey = join(folder, 'host_key');
  makeSshKey(hostKey);
  let running = await start(folder);
  return {
    folder,
    port,
    url: `ssh://${userInfo().username}@${host}:${port}`,
    get hostLine() {
      return `[${host}]:${port} ${readFileSync(`${hostKey}.pub`, 'utf8')}`;
    },
    authorize: (publicKey) => writeFileSync(join(folder, 'authorized_keys'), `${publicKey}\n`, { flag: 'a' }),
    async exchangeHostKey() {
      await running.stop();
      rmSync(hostKey);
      rmSync(`${hostKey}.pub`);
      makeSshKey(hostKey);
      running = await start(folder);
    },
    async close() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function start(folder: string): Promise<{ stop(): Promise<void> }> {
  const child = spawn(sshd, ['-D', '-e', '-f', join(folder, 'config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'exit');
  const said: string[] = [];
  for await (const line of createInterface(child.stderr)) {
    said.push(line);
    if (line.includes('Server listening')) {
      child.stderr.resume();
      return {
        async stop() {
          child.kill('SIGTERM');
          await ended;
        },
      };
    }
  }
  throw new Error(`sshd did not start: ${said.join('; ')}`);
}
