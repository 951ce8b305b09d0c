import { randomUUID } from 'node:crypto';
import { access, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DanubeError } from '@danube/plugin-api';
import { checkRepositoryUrl } from '../../domain/repository/repository-url.js';
import type { GitCredential } from '../../services/ports/source-checkout.js';

/** How one git command reaches its remote. */
export interface GitAccess {
  /** Stand before the subcommand. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

async function sshAccess(credential: Extract<GitCredential, { kind: 'ssh' }>): Promise<GitAccess> {
  try {
    await access(credential.privateKeyPath);
  } catch (error) {
    throw new DanubeError('ssh_key_missing', `SSH key not found at ${credential.privateKeyPath}`, {
      category: 'invalid',
      cause: error,
    });
  }
  const options = [
    'IdentitiesOnly=yes',
    'BatchMode=yes',
    'StrictHostKeyChecking=accept-new',
    `UserKnownHostsFile="${credential.knownHostsPath}"`,
    'ConnectTimeout=20',
    'ServerAliveInterval=15',
    'ServerAliveCountMax=4',
  ];
  const command = ['ssh', '-F', '/dev/null', '-i', credential.privateKeyPath, ...options.flatMap((o) => ['-o', o])];
  return { args: [], env: { GIT_SSH_COMMAND: command.map(shellQuote).join(' ') } };
}

/** Opens repositories for single git commands. Passwords exist outside of memory as a 0600 file, and only meanwhile. */
export class GitAccessProvider {
  readonly #folder: string;
  #prepared: Promise<void> | undefined;

  constructor(cacheDir: string) {
    this.#folder = join(cacheDir, 'credentials');
  }

  async with<T>(
    url: string,
    credential: GitCredential | undefined,
    work: (access: GitAccess) => Promise<T>,
  ): Promise<T> {
    if (credential === undefined) return work({ args: [], env: {} });
    if (credential.kind === 'ssh') return work(await sshAccess(credential));
    this.#prepared ??= this.#prepareFolder();
    await this.#prepared;
    const file = join(this.#folder, `${process.pid}-${randomUUID()}`);
    try {
      await writeFile(file, credentialLine(url, credential), { mode: 0o600, flag: 'wx' });
      return await work({ args: ['-c', `credential.helper=store --file=${shellQuote(file)}`], env: {} });
    } finally {
      await rm(file, { force: true });
    }
  }

  /** Also removes what a killed process left behind. */
  async #prepareFolder(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const left = (await readdir(this.#folder)).filter((name) => !name.startsWith(`${process.pid}-`));
    await Promise.all(left.map((name) => rm(join(this.#folder, name), { force: true })));
  }
}

/** Bound to protocol and host, so that git offers it to no other server, not even after a redirect. */
function credentialLine(url: string, credential: Extract<GitCredential, { kind: 'https' }>): string {
  const protocol = checkRepositoryUrl(url);
  if (protocol !== 'https' && protocol !== 'http') {
    throw new DanubeError('git_credential_mismatch', `a user name and password cannot open a ${protocol} URL`, {
      category: 'invalid',
    });
  }
  const user = encodeURIComponent(credential.username);
  return `${protocol}://${user}:${encodeURIComponent(credential.password.reveal())}@${new URL(url).host}\n`;
}
