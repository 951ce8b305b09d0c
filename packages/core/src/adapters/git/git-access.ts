import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DanubeError, type GitCredential, isDanubeError } from '@danube/plugin-api';
import { credentialFiles, type PrivateFiles } from './credential-files.js';
import { quoteForGitConfig } from './git-config-text.js';
import { baseConfiguration } from './git-environment.js';
import { hideCredential } from './hide-credential.js';

export interface GitAccess {
  /** What a git command gets on top of the fixed environment: paths, never a secret. */
  readonly env: Readonly<Record<string, string>>;
  /** Takes the credential out of what git says. */
  readonly hide: (text: string) => string;
}

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

  /** @throws DanubeError `git_credential_mismatch`, `git_credential_refused` (invalid) */
  async with<T>(
    url: string,
    credential: GitCredential | undefined,
    work: (access: GitAccess) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.#with(url, credential, work);
    } catch (error) {
      throw isDanubeError(error) && error.code === 'git_timed_out' ? tooSlow(url, error) : error;
    }
  }

  async #with<T>(
    url: string,
    credential: GitCredential | undefined,
    work: (access: GitAccess) => Promise<T>,
  ): Promise<T> {
    this.#swept ??= rm(this.#folder, { recursive: true, force: true });
    await this.#swept;
    const hide = (text: string): string => hideCredential(text, credential);
    if (credential === undefined) return work({ env: {}, hide });
    const folder = join(this.#folder, randomUUID());
    const { configuration, files } = credentialFiles(url, credential, folder, this.knownHosts);
    const base = `[include]\n\tpath = ${quoteForGitConfig(baseConfiguration(this.cacheDir))}\n`;
    try {
      await mkdir(dirname(this.knownHosts), { recursive: true, mode: 0o700 });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writePrivate(folder, { ...files, gitconfig: `${base}${configuration}` });
      return await work({ env: { GIT_CONFIG_GLOBAL: join(folder, 'gitconfig') }, hide });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function tooSlow(url: string, { code, category, message }: DanubeError): DanubeError {
  return new DanubeError(code, `${url} could not be read in time: ${message}; does its server answer, and how fast?`, {
    category,
  });
}

async function writePrivate(folder: string, files: PrivateFiles): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const content = typeof text === 'string' ? text : text.reveal();
    await writeFile(join(folder, name), content, { mode: 0o600, flag: 'wx' });
  }
}
