import { access, constants, mkdir, rename, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { sshWithoutKey } from './ssh-command.js';

/** Names the process that started a git, so that what a killed master left running can be told apart. */
export const ownerVariable = 'DANUBE_GIT_OWNER';

const passedOn = [
  'PATH',
  'TMPDIR',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'ALL_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'all_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
];

/**
 * It stands in for the user's configuration, because `safe.directory` is read from there only, also by the process that
 * serves a file repository owned by somebody else. Fetched objects always stay packs, so that their number is a measure.
 */
export const fixedConfiguration = `[core]
	hooksPath = /dev/null
	fsmonitor = false
[safe]
	directory = *
[protocol]
	version = 2
[fetch]
	unpackLimit = 1
[gc]
	auto = 0
	packRefs = false
[maintenance]
	auto = false
[http]
	lowSpeedLimit = 1000
	lowSpeedTime = 60
[advice]
	detachedHead = false
[credential]
	helper =
`;

/** Where git-lfs is installed. A repository's own .lfsconfig may not let files be missing. */
export const lfsConfiguration = `[filter "lfs"]
	clean = git-lfs clean -- %f
	smudge = git-lfs smudge -- %f
	process = git-lfs filter-process
	required = true
[lfs]
	skipDownloadErrors = false
`;

/** Untranslated words, no question to anybody, and nothing of the machine's own set-up. */
export const fixedVariables = {
  LC_ALL: 'C',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: '',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_NO_LAZY_FETCH: '1',
} as const;

/** The configuration that every git reads in place of its user's. */
export function baseConfiguration(cacheDir: string): string {
  return join(cacheDir, 'gitconfig');
}

async function findLfs(): Promise<boolean> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    try {
      await access(join(folder, 'git-lfs'), constants.X_OK);
      return true;
    } catch {
      continue;
    }
  }
  return false;
}

export interface PreparedEnvironment {
  /** The whole environment of every git: nothing else of the master's own environment reaches it. */
  readonly variables: Readonly<Record<string, string>>;
  /** Whether files that are kept by Git LFS can be put in place. */
  readonly hasLfs: boolean;
}

export class GitEnvironment {
  #prepared: Promise<PreparedEnvironment> | undefined;

  constructor(private readonly cacheDir: string) {}

  /** Made at the first call. */
  prepared(): Promise<PreparedEnvironment> {
    this.#prepared ??= this.#prepare().catch((error: unknown) => {
      this.#prepared = undefined;
      throw error;
    });
    return this.#prepared;
  }

  async #prepare(): Promise<PreparedEnvironment> {
    const hasLfs = await findLfs();
    const file = await this.#writeConfiguration(hasLfs);
    const inherited = passedOn.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    const variables = {
      ...Object.fromEntries(inherited),
      ...fixedVariables,
      // curl and git-lfs would find logins in the .netrc of the user
      HOME: this.cacheDir,
      GIT_CONFIG_GLOBAL: file,
      GIT_ALLOW_PROTOCOL: 'file:https:http:ssh',
      [ownerVariable]: `${this.cacheDir}#${process.pid}`,
    };
    return { variables, hasLfs };
  }

  async #writeConfiguration(hasLfs: boolean): Promise<string> {
    await mkdir(this.cacheDir, { recursive: true });
    const file = baseConfiguration(this.cacheDir);
    const draft = `${file}.${process.pid}`;
    await writeFile(draft, `${fixedConfiguration}${sshWithoutKey}${hasLfs ? lfsConfiguration : ''}`);
    await rename(draft, file);
    return file;
  }
}
