import { grantedSecrets } from '@danube/plugin-api';
import type { ForgeEntry } from '../../domain/config/integrations.js';
import type { SecretKey } from '../../domain/secret/secret-record.js';
import type { MatchedEntry } from '../extensions/match-entries.js';

/** A secret that an entry in force names and that nobody has stored. */
export interface MissingSecret {
  /** Package of the entry's plugin. */
  readonly package: string;
  /** What is missing and how to store it, in words. */
  readonly problem: string;
}

/** Compares the names of secrets in the entries with those that are stored. */
export function missingSecrets(entries: readonly MatchedEntry[], stored: readonly SecretKey[]): MissingSecret[] {
  const everywhere = new Set(stored.map(({ name }) => name));
  const global = new Set(stored.filter(({ scope }) => scope.kind === 'global').map(({ name }) => name));
  return entries.flatMap(({ section, entry, contribution: { plugin, contribution } }) => {
    const own = [...grantedSecrets(contribution.configSchema, entry.config)].filter((name) => !global.has(name));
    // that of the webhooks may be a team's or a pipeline's
    const { webhookSecret } = entry as Partial<ForgeEntry>;
    const webhook = webhookSecret === undefined || everywhere.has(webhookSecret) ? [] : [webhookSecret];
    return [...new Set([...own, ...webhook])].map((name) => ({
      package: plugin.package,
      problem: `${section.key} "${entry.name}" names the secret "${name}", which is not stored; set it with "danube secret set ${name}"`,
    }));
  });
}
