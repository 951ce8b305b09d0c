import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { JobAccount } from './isolation.js';

/** The account of that name, wherever this machine looks accounts up; undefined when there is none, or it is root. */
export async function findAccount(name: string): Promise<JobAccount | undefined> {
  const asked = promisify(execFile)('getent', ['passwd', '--', name], { timeout: 10_000 });
  const [, , uid, gid] = (
    await asked.then(
      ({ stdout }) => stdout,
      () => '',
    )
  )
    .trim()
    .split(':')
    .map(Number);
  return uid === undefined || gid === undefined || !(uid > 0) ? undefined : { name, uid, gid };
}
