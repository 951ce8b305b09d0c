import { execFile } from 'node:child_process';
import { chmod, chown, mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { DanubeError } from '@danube/plugin-api';
import { readIfPresent } from '../../step-supervisor/file-errors.js';
import { replaceFile } from '../../step-supervisor/replace-file.js';
import type { JobFolder } from '../job-folder.js';
import { becomeAccount } from './become-account.js';
import { bubblewrapWords } from './bubblewrap-words.js';
import { accountOf, type Isolation } from './isolation.js';

const run = promisify(execFile);

/** How the processes of one job are isolated. */
export interface JobIsolation {
  readonly isolation: Isolation;
  /** Whether its steps have a network. */
  readonly network: boolean;
}

/** That of a job; one that was started without has none. */
export async function readJobIsolation(folder: JobFolder): Promise<JobIsolation> {
  const text = await readIfPresent(folder.isolationFile);
  if (text !== undefined) return JSON.parse(text) as JobIsolation;
  return { isolation: { mode: 'none', advice: undefined }, network: true };
}

/**
 * Keeps it with the job, and makes the folders that belong to the job alone.
 * @throws DanubeError `network_not_separable` (invalid) when the job is to have no network and would have one
 */
export async function beginJobIsolation(folder: JobFolder, job: JobIsolation): Promise<JobIsolation> {
  if (!job.network && job.isolation.mode !== 'bubblewrap') throw networkNotSeparable();
  await replaceFile(folder.isolationFile, JSON.stringify(job));
  const account = accountOf(job.isolation);
  if (job.isolation.mode === 'user') await chmod(folder.path, 0o711);
  if (job.isolation.mode === 'none') return job;
  for (const path of [folder.home, folder.temporary]) {
    await mkdir(path, { recursive: true, mode: 0o700 });
    if (account !== undefined) await chown(path, account.uid, account.gid);
  }
  return job;
}

/** Gives the files that were checked out to the one who works on them. */
export async function giveTree(path: string, isolation: Isolation): Promise<void> {
  const account = accountOf(isolation);
  if (account !== undefined) await run('chown', ['-Rh', '--', `${account.uid}:${account.gid}`, path]);
}

/** What stands before a command of the job. */
export function launcherWords({ isolation, network }: JobIsolation, folder: JobFolder, sequence: number) {
  if (isolation.mode === 'bubblewrap') return bubblewrapWords(isolation, folder, sequence, network);
  return isolation.mode === 'user' ? becomeAccount(isolation.account) : [];
}

/** Variables that take the place of the master's own. */
export function isolatedEnvironment({ isolation }: JobIsolation, folder: JobFolder): Readonly<Record<string, string>> {
  if (isolation.mode === 'none') return {};
  const { account } = isolation;
  return {
    HOME: folder.home,
    TMPDIR: isolation.mode === 'bubblewrap' ? '/tmp' : folder.temporary,
    // a session of the master's user is none of the job
    XDG_RUNTIME_DIR: '',
    ...(account === undefined ? {} : { USER: account.name, LOGNAME: account.name }),
  };
}

function networkNotSeparable(): DanubeError {
  return new DanubeError(
    'network_not_separable',
    'the pipeline says `network: false`, and without bubblewrap this server cannot take the network from its steps: ' +
      'install bubblewrap, or remove the key',
    { category: 'invalid' },
  );
}
