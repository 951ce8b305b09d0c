import { accessSync, constants } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DanubeError } from '@danube/plugin-api';
import type { SigningKeyPaths } from '../adapters/filesystem/signing-key.js';

export const deployKeyName = 'git_deploy_key';
export const fallbackKeyName = 'git_fallback_key';

/** Where everything of one instance lies. */
export interface DataDirectory {
  readonly root: string;
  readonly database: string;
  /** Held by the one master that works here. */
  readonly lock: string;
  readonly logs: string;
  readonly artifacts: string;
  readonly keys: string;
  readonly adminToken: string;
  /** Opens the sealed secrets of the config repository. */
  readonly ageIdentity: string;
  readonly signingKey: SigningKeyPaths;
  /** Private key for ssh URLs that no entry of `git_authentication` matches. */
  readonly fallbackKey: string;
  /** Host keys that were learnt. */
  readonly knownHosts: string;
  readonly cache: string;
  readonly jobs: string;
  /** Holds what tells this instance from others that use the same cluster. */
  readonly instanceId: string;
}

/** @throws DanubeError `data_dir_unusable` (invalid) when it cannot be made or written to. */
export async function prepareDataDirectory(root: string): Promise<DataDirectory> {
  const directory: DataDirectory = {
    root,
    database: join(root, 'danube.db'),
    lock: join(root, 'master.lock'),
    logs: join(root, 'logs'),
    artifacts: join(root, 'artifacts'),
    keys: join(root, 'keys'),
    adminToken: join(root, 'keys', 'admin.token'),
    ageIdentity: join(root, 'keys', 'age.identity'),
    signingKey: {
      privateKey: join(root, 'keys', 'signing.key'),
      publicKey: join(root, 'keys', 'signing.key.pub'),
    },
    fallbackKey: join(root, 'keys', fallbackKeyName),
    knownHosts: join(root, 'keys', 'git_known_hosts'),
    cache: join(root, 'cache'),
    jobs: join(root, 'jobs'),
    instanceId: join(root, 'instance-id'),
  };
  try {
    for (const path of [root, directory.logs, directory.keys, directory.cache, directory.jobs]) {
      await mkdir(path, { recursive: true, mode: 0o700 });
    }
    accessSync(root, constants.W_OK | constants.X_OK);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DanubeError(
      'data_dir_unusable',
      `cannot use the data directory: ${why}; set server.data_dir or DANUBE_DATA_DIR`,
      {
        category: 'invalid',
        cause: error,
      },
    );
  }
  return directory;
}
