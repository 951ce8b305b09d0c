import type { Configuration } from './configuration.js';
import { changedFields } from './changed-fields.js';

export interface ChangedItem {
  readonly id: string;
  /** As written in YAML: `spec.timeout`; `origin` alone where it only moved within the repository. */
  readonly fields: readonly string[];
}

/** What came, changed and went, by id. */
export interface ItemChanges<T> {
  readonly added: readonly T[];
  readonly changed: readonly (ChangedItem & { readonly item: T })[];
  readonly removed: readonly string[];
}

export interface ConfigurationDiff {
  /** Fields of the instance settings. */
  readonly settings: readonly string[];
  readonly users: ItemChanges<Configuration['users'][number]>;
  readonly teams: ItemChanges<Configuration['teams'][number]>;
  readonly pipelines: ItemChanges<Configuration['pipelines'][number]>;
  readonly secrets: ItemChanges<Configuration['secrets'][number]>;
}

function diffItems<T extends { readonly id: string }>(before: readonly T[], after: readonly T[]): ItemChanges<T> {
  const old = new Map(before.map((item) => [item.id, item]));
  const added: T[] = [];
  const changed: (ChangedItem & { readonly item: T })[] = [];
  for (const item of after) {
    const previous = old.get(item.id);
    old.delete(item.id);
    if (previous === undefined) {
      added.push(item);
      continue;
    }
    const fields = changedFields(previous, item);
    if (fields.length > 0) changed.push({ id: item.id, fields, item });
  }
  return { added, changed, removed: [...old.keys()] };
}

/** Sections that YAML calls otherwise than the settings do. */
const sectionNames: Readonly<Record<string, string>> = { git_auth_methods: 'git_authentication', storages: 'storage' };

function settingsName(field: string): string {
  const section = /^integrations\.(.*)$/.exec(field)?.[1];
  return section === undefined ? field : (sectionNames[section] ?? section);
}

export function diffConfiguration(before: Configuration, after: Configuration): ConfigurationDiff {
  return {
    settings: changedFields(before.settings, after.settings).map(settingsName),
    users: diffItems(before.users, after.users),
    teams: diffItems(before.teams, after.teams),
    pipelines: diffItems(before.pipelines, after.pipelines),
    secrets: diffItems(before.secrets, after.secrets),
  };
}
