import type { JobAccount } from './isolation.js';

/** What stands before a command that root starts as another user, for good. */
export function becomeAccount({ uid, gid }: JobAccount): readonly string[] {
  return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--inh-caps=-all', '--no-new-privs', '--'];
}
