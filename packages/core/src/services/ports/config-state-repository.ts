import type { ConfigSync, InstanceSettings } from '../../domain/config/configuration.js';

/** Which commit of the config repository is in force, and how the last attempts went. */
export interface ConfigStateRepository {
  /** The commit in force with its instance settings; undefined before the first good sync. */
  current(): Promise<
    { readonly commit: string; readonly settings: InstanceSettings; readonly appliedAt: number } | undefined
  >;
  setCurrent(commit: string, settings: InstanceSettings, appliedAt: number): Promise<void>;
  recordSync(sync: Omit<ConfigSync, 'id'>): Promise<void>;
  /** Newest first. */
  listSyncs(limit: number): Promise<readonly ConfigSync[]>;
}
