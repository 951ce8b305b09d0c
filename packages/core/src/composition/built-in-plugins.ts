import { join } from 'node:path';
import type { Plugin } from '@danube/plugin-api';
import { localStoragePlugin } from '../builtin/local-storage/local-storage-plugin.js';
import { sshKeyPlugin } from '../builtin/ssh-key/ssh-key-plugin.js';
import { fallbackKeyName } from './data-directory.js';

/**
 * Plugins inside of core: always enabled, and held to the same rules as any other. Without a data directory they can be
 * looked at only.
 */
export function builtInPlugins(dataDir: string | undefined): readonly Plugin[] {
  const root = dataDir ?? '';
  return [sshKeyPlugin(join(root, 'keys', fallbackKeyName)), localStoragePlugin(join(root, 'artifacts'))];
}
