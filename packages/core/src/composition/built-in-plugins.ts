import { join } from 'node:path';
import type { Plugin } from '@danube/plugin-api';
import { sshKeyPlugin } from '../builtin/ssh-key/ssh-key-plugin.js';
import { fallbackKeyName } from './data-directory.js';

/**
 * Plugins inside of core: always enabled, and held to the same rules as any other. Without a data directory they can be
 * looked at only.
 */
export function builtInPlugins(dataDir: string | undefined): readonly Plugin[] {
  return [sshKeyPlugin(join(dataDir ?? '', 'keys', fallbackKeyName))];
}
