import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { machineWords, namespaceWords } from './bubblewrap-words.js';
import type { Attempt } from './choose-isolation.js';
import { findProgram } from './find-program.js';
import type { HiddenPaths } from './hidden-paths.js';
import type { Bubblewrap, JobAccount } from './isolation.js';

const answerMs = 10_000;

/** Runs a sandbox, because a kernel, a container or a security module may forbid it. */
export async function tryBubblewrap(
  paths: HiddenPaths,
  account: JobAccount | undefined,
  env: NodeJS.ProcessEnv,
): Promise<Attempt<Bubblewrap>> {
  const program = findProgram('bwrap', env);
  if (program === undefined) {
    return {
      problem: 'bubblewrap is not installed',
      remedy: 'install it (Debian, Ubuntu, Fedora: package bubblewrap)',
    };
  }
  try {
    await promisify(execFile)(program, [...namespaceWords, ...machineWords, '--', '/bin/sh', '-c', ':'], {
      timeout: answerMs,
    });
    return { isolation: { mode: 'bubblewrap', program, ...paths, account } };
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim().split('\n')[0];
    return {
      problem: `${program} does not work here (${said ?? String(error)})`,
      remedy:
        'allow this user to make user namespaces (sysctl user.max_user_namespaces, kernel.unprivileged_userns_clone=1, ' +
        'on Ubuntu an AppArmor profile for bwrap; in a container, /proc must not be masked)',
    };
  }
}
