import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { becomeAccount } from './become-account.js';
import type { Attempt } from './choose-isolation.js';
import { letThrough } from './let-through.js';
import type { JobAccount, SeparateUser } from './isolation.js';

export interface SeparateUserFacts {
  /** Undefined when there is no such account. */
  readonly account: JobAccount | undefined;
  readonly accountName: string;
  readonly dataDir: string;
  /** Files that every job reads. */
  readonly needed: readonly string[];
}

const answerMs = 10_000;
const check = 'cd "$1" || exit; shift; for file; do [ -r "$file" ] || { echo "cannot read $file" >&2; exit 1; }; done';

/** Lets the account into the folder of the jobs, and of the data directory nowhere else, and sees whether it gets there. */
export async function trySeparateUser({
  account,
  accountName,
  dataDir,
  needed,
}: SeparateUserFacts): Promise<Attempt<SeparateUser>> {
  if (process.getuid?.() !== 0) {
    return { problem: 'only root can run jobs as another user', remedy: 'run the server as root' };
  }
  if (account === undefined) {
    return {
      problem: `there is no account "${accountName}"`,
      remedy: `make it (useradd --system ${accountName}) or name another one in runtime.local_user`,
    };
  }
  try {
    const jobs = await letThrough(dataDir, account);
    const [program = '', ...words] = becomeAccount(account);
    await promisify(execFile)(program, [...words, '/bin/sh', '-c', check, 'sh', jobs, ...needed], {
      timeout: answerMs,
    });
    return { isolation: { mode: 'user', account } };
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim().split('\n')[0];
    return {
      problem: `jobs cannot run as ${accountName} (${said ?? String(error)})`,
      remedy: 'place data_dir, Python and Danube where that account can reach them, and see that setpriv is installed',
    };
  }
}
