import type { ExtensionPoint } from '@danube/plugin-api';
import type { ForgeEntry, GitAuthEntry, IntegrationEntry, Integrations } from '../../domain/config/integrations.js';
import type { ExtensionSet, PluginState } from '../../services/ports/extensions.js';
import type { LiveInstance } from '../instances/live-instance.js';
import type { StartedEntry } from './start-instances.js';

/** The immutable set of what runs, in the order of the settings. */
export function assembleSet(
  integrations: Integrations,
  started: readonly StartedEntry[],
  plugins: readonly PluginState[],
): ExtensionSet {
  const instances = new Map<IntegrationEntry, LiveInstance>(
    started.map(({ matched, instance }) => [matched.entry, instance]),
  );
  function each<Entry extends IntegrationEntry, Point extends ExtensionPoint, Configured>(
    entries: readonly Entry[],
    point: Point,
    make: (entry: Entry, instance: ReturnType<typeof LiveInstance.prototype.as<Point>>) => Configured,
  ): readonly Configured[] {
    return Object.freeze(
      entries.flatMap((entry) => {
        const instance = instances.get(entry);
        return instance === undefined ? [] : [make(entry, instance.as(point))];
      }),
    );
  }
  return Object.freeze({
    plugins,
    forges: each(integrations.forges, 'forges', ({ name, type, webhookSecret }: ForgeEntry, forge) => ({
      name,
      type,
      webhookSecret,
      forge,
    })),
    gitAuthMethods: each(
      integrations.gitAuthMethods,
      'gitAuthMethods',
      ({ name, type, matchPatterns }: GitAuthEntry, method) => ({ name, type, matchPatterns, method }),
    ),
    notifiers: each(integrations.notifiers, 'notifiers', ({ name, type }, notifier) => ({ name, type, notifier })),
    builders: each(integrations.builders, 'builders', ({ name, type }, builder) => ({ name, type, builder })),
    storages: each(integrations.storages, 'storages', ({ name, type }, storage) => ({ name, type, storage })),
  });
}
