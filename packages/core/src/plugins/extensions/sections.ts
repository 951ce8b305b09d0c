import type { ExtensionPoint } from '@danube/plugin-api';
import type { IntegrationEntry, Integrations } from '../../domain/config/integrations.js';

/** Where the settings name the entries of an extension point. */
export interface Section {
  readonly point: ExtensionPoint;
  /** As YAML calls it. */
  readonly key: string;
  /** Keys of an entry that are Danube's own. */
  readonly ownKeys: readonly string[];
  entries(integrations: Integrations): readonly IntegrationEntry[];
}

export const sections: readonly Section[] = [
  {
    point: 'forges',
    key: 'forges',
    ownKeys: ['type', 'name', 'webhook_secret'],
    entries: ({ forges }) => forges,
  },
  {
    point: 'gitAuthMethods',
    key: 'git_authentication',
    ownKeys: ['type', 'name', 'match_patterns'],
    entries: ({ gitAuthMethods }) => gitAuthMethods,
  },
  { point: 'notifiers', key: 'notifiers', ownKeys: ['type', 'name'], entries: ({ notifiers }) => notifiers },
  { point: 'builders', key: 'builders', ownKeys: ['type', 'name'], entries: ({ builders }) => builders },
  { point: 'storages', key: 'storage', ownKeys: ['type', 'name'], entries: ({ storages }) => storages },
];

export const sectionKey = (point: ExtensionPoint): string =>
  sections.find((section) => section.point === point)?.key ?? point;
