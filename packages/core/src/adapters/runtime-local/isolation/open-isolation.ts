import { DanubeError } from '@danube/plugin-api';
import { chooseIsolation, type WantedIsolation } from './choose-isolation.js';
import { findAccount } from './find-account.js';
import { hiddenPaths, type PathsOfServer } from './hidden-paths.js';
import type { Isolation } from './isolation.js';
import { tryBubblewrap } from './try-bubblewrap.js';
import { trySeparateUser } from './try-separate-user.js';

export interface IsolationSettings {
  readonly isolation: WantedIsolation;
  /** The account that jobs run as where the server is root; undefined: `danube-jobs`, where there is one. */
  readonly localUser: string | undefined;
}

const usualAccount = 'danube-jobs';
/** In a sandbox it can do nothing to what else runs as it. */
const anyAccount = 'nobody';

/**
 * Finds out how jobs can be isolated here, by trying.
 * @throws DanubeError `isolation_unavailable` (invalid) when what was asked for does not work
 */
export async function openIsolation(
  { isolation, localUser }: IsolationSettings,
  dataDir: string,
  paths: PathsOfServer,
): Promise<Isolation> {
  if (isolation === 'none') return { mode: 'none', advice: undefined };
  const isRoot = process.getuid?.() === 0;
  const accountName = localUser ?? usualAccount;
  const account = isRoot ? await findAccount(accountName) : undefined;
  if (isRoot && localUser !== undefined && account === undefined) throw accountMissing(localUser);
  return chooseIsolation(isolation, {
    bubblewrap: async () =>
      tryBubblewrap(hiddenPaths(paths), account ?? (isRoot ? await findAccount(anyAccount) : undefined), process.env),
    user: () => trySeparateUser({ account, accountName, dataDir, needed: paths.needed }),
  });
}

function accountMissing(name: string): DanubeError {
  return new DanubeError(
    'isolation_unavailable',
    `runtime.local_user is "${name}", and this machine has no such account that is not root: make it ` +
      `(useradd --system ${name}) or name another one`,
    { category: 'invalid' },
  );
}
