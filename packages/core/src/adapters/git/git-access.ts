import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DanubeError, type GitCredential } from '@danube/plugin-api';
import { checkRepositoryUrl } from '../../domain/repository/repository-url.js';
import { quoteForGitConfig, quoteForShell } from './git-config-text.js';
import { baseConfiguration } from './git-environment.js';
import { sshWithKey } from './ssh-command.js';

/** What a git command gets on top of the fixed environment: paths, never a secret. */
export type GitAccess = Readonly<Record<string, string>>;

/**
 * Opens repositories for single git commands. Outside of memory a credential exists as 0600 files in a folder of its own
 * that goes when the command has ended; what a killed server left behind goes before the first command of the next one.
 */
export class GitAccessProvider {
  readonly #folder: string;
  #swept: Promise<void> | undefined;

  constructor(
    private readonly cacheDir: string,
    private readonly knownHosts: string,
  ) {
    this.#folder = join(cacheDir, 'credentials');
  }

  /** @throws DanubeError `git_credential_mismatch` (invalid) */
  async with<T>(
    url: string,
    credential: GitCredential | undefined,
    work: (access: GitAccess) => Promise<T>,
  ): Promise<T> {
    this.#swept ??= rm(this.#folder, { recursive: true, force: true });
    await this.#swept;
    if (credential === undefined) return work({});
    const folder = join(this.#folder, randomUUID());
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const opening = await this.#write(folder, url, credential);
      const base = `[include]\n\tpath = ${quoteForGitConfig(baseConfiguration(this.cacheDir))}\n`;
      const file = await writePrivate(folder, 'gitconfig', `${base}${opening}`);
      return await work({ GIT_CONFIG_GLOBAL: file });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #write(folder: string, url: string, credential: GitCredential): Promise<string> {
    checkCredentialKind(url, credential);
    if (credential.kind === 'https') return passwordHelper(folder, url, credential);
    const privateKey = await writePrivate(folder, 'key', `${credential.privateKey.reveal().trimEnd()}\n`);
    if (credential.knownHosts !== undefined) {
      const knownHosts = await writePrivate(folder, 'known_hosts', `${credential.knownHosts.trimEnd()}\n`);
      return sshWithKey({ privateKey, knownHosts, learnHosts: false });
    }
    await mkdir(dirname(this.knownHosts), { recursive: true, mode: 0o700 });
    return sshWithKey({ privateKey, knownHosts: this.knownHosts, learnHosts: true });
  }
}

async function writePrivate(folder: string, name: string, text: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text, { mode: 0o600, flag: 'wx' });
  return file;
}

/** Bound to protocol, host and port: git asks it for no other server, not even after a redirect. */
async function passwordHelper(
  folder: string,
  url: string,
  { username, password }: Extract<GitCredential, { kind: 'https' }>,
): Promise<string> {
  const secret = password.reveal();
  if (/[\0\r\n]/.test(username + secret)) {
    throw new DanubeError('git_credential_refused', 'a user name or password for git must be a single line', {
      category: 'invalid',
    });
  }
  const answer = await writePrivate(folder, 'password', `username=${username}\npassword=${secret}\n`);
  const helper = `!f() { test "$1" != get || cat ${quoteForShell(answer)}; }; f`;
  const section = quoteForGitConfig(new URL(url).origin);
  return `[credential ${section}]\n\thelper = ${quoteForGitConfig(helper)}\n`;
}

/** @throws DanubeError `git_credential_mismatch` (invalid) */
function checkCredentialKind(url: string, { kind }: GitCredential): void {
  const protocol = checkRepositoryUrl(url);
  if (kind === (protocol === 'http' ? 'https' : protocol)) return;
  const what = kind === 'ssh' ? 'an ssh key' : 'a user name and password';
  throw new DanubeError('git_credential_mismatch', `${what} cannot open a ${protocol} URL`, { category: 'invalid' });
}
