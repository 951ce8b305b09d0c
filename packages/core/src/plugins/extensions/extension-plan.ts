import type { Integrations } from '../../domain/config/integrations.js';
import type { SettingsProblem } from '../../domain/config/settings-problem.js';
import type { PluginPlace } from '../packages/find-packages.js';
import type { EnabledPlugins } from './enabled-plugins.js';
import { matchEntries, type MatchedEntry, type Wording } from './match-entries.js';
import type { LeftOutEntry } from './plugin-states.js';
import { judgeUnknownTypes } from './unknown-types.js';

/** What is to be made of the settings before anything is started. */
export interface ExtensionPlan {
  readonly enabled: EnabledPlugins;
  readonly usable: readonly MatchedEntry[];
  readonly leftOut: readonly LeftOutEntry[];
  readonly problems: readonly SettingsProblem[];
}

/**
 * `checkedBefore`: the settings were in force already, so that an entry which an optional plugin no longer understands is
 * left out like everything else that an optional plugin fails at. For new settings it is a mistake to be told.
 */
export async function planExtensions(
  integrations: Integrations,
  enabled: EnabledPlugins,
  places: readonly PluginPlace[],
  wording: Wording,
  checkedBefore: boolean,
): Promise<ExtensionPlan> {
  const { matched, orphaned, unknown, problems } = matchEntries(integrations, enabled, wording);
  const judged = await judgeUnknownTypes(unknown, enabled, places, wording, checkedBefore);
  const isOptional = (name: string) => integrations.plugins.some((entry) => entry.package === name && entry.optional);
  const required = enabled.failed.filter(({ entry }) => !entry.optional);
  const wrong = matched.filter((one) => one.problems.length > 0);
  const tolerated = wrong.filter((one) => checkedBefore && isOptional(one.contribution.plugin.package));
  return {
    enabled,
    usable: matched.filter((one) => one.problems.length === 0),
    leftOut: [
      ...tolerated.map(({ section, entry, contribution, problems: [first] }) => ({
        package: contribution.plugin.package,
        entry: `${section.key} "${entry.name}"`,
        reason: first?.message,
      })),
      ...[...orphaned, ...judged.orphaned].flatMap(({ section, entry, plugins }) =>
        plugins.map((plugin) => ({
          package: plugin.entry.package,
          entry: `${section.key} "${entry.name}"`,
          reason: undefined,
        })),
      ),
    ],
    problems: [
      ...required.map(({ index, error }) => ({
        path: ['plugins', index, 'package'],
        atKey: false,
        message: error.message,
        suggestion: undefined,
      })),
      ...problems,
      ...wrong.filter((one) => !tolerated.includes(one)).flatMap((one) => one.problems),
      ...judged.problems,
    ],
  };
}
