import type { JsonValue } from '@danube/plugin-api';
import type { IntegrationEntry, Integrations } from '../../domain/config/integrations.js';
import type { IntegrationsSpec } from './schemas/integrations-spec.js';

/** What is left of an entry without the keys that are Danube's own. */
function toEntry(
  { type, name, ...config }: { readonly type: string; readonly name?: string },
  ...ownKeys: readonly string[]
): IntegrationEntry {
  const rest = Object.entries(config as Record<string, JsonValue>).filter(([key]) => !ownKeys.includes(key));
  return { type, name: name ?? type, config: Object.fromEntries(rest) };
}

/** The schema has accepted the sections before. */
export function toIntegrations(spec: IntegrationsSpec): Integrations {
  return {
    plugins: (spec.plugins ?? []).map((plugin) => ({ package: plugin.package, optional: plugin.optional ?? false })),
    forges: (spec.forges ?? []).map((entry) => ({
      ...toEntry(entry, 'webhook_secret'),
      webhookSecret: entry.webhook_secret,
    })),
    gitAuthMethods: (spec.git_authentication ?? []).map((entry) => ({
      ...toEntry(entry, 'match_patterns'),
      matchPatterns: entry.match_patterns,
    })),
    notifiers: (spec.notifiers ?? []).map((entry) => toEntry(entry)),
    builders: (spec.builders ?? []).map((entry) => toEntry(entry)),
    storages: (spec.storage ?? []).map((entry) => toEntry(entry)),
  };
}
