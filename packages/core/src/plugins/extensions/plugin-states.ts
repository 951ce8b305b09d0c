import { extensionPoints } from '@danube/plugin-api';
import type { PluginFailure, PluginState } from '../../services/ports/extensions.js';
import type { LoadedPlugin } from '../loading/loaded-plugin.js';
import type { EnabledPlugins, FailedPlugin } from './enabled-plugins.js';

/** An entry that is not used although it is in the settings. */
export interface LeftOutEntry {
  /** Package of the plugin that it belongs to, or may belong to. */
  readonly package: string;
  /** As people find it: `forges "github"`. */
  readonly entry: string;
  /** Undefined where the plugin's own failure says it all. */
  readonly reason: string | undefined;
}

/** How every plugin stands: what is built in first, then in the order of the settings. */
export function pluginStates(
  builtIns: readonly LoadedPlugin[],
  enabled: EnabledPlugins,
  leftOut: readonly LeftOutEntry[],
): readonly PluginState[] {
  const lost = (name: string) => leftOut.filter((one) => one.package === name);
  const configured = [
    ...enabled.loaded.map(({ index, entry, plugin }) => ({ index, state: loadedState(plugin, entry.optional, lost) })),
    ...enabled.failed.map((failed) => ({ index: failed.index, state: failedState(failed, lost) })),
  ].sort((a, b) => a.index - b.index);
  return [...builtIns.map((plugin) => loadedState(plugin, false, lost)), ...configured.map(({ state }) => state)];
}

/** A plugin that works, though not all of it. One that is quarantined is worse off already. */
export function degraded(state: PluginState, reasons: readonly string[]): PluginState {
  if (reasons.length === 0 || state.status === 'quarantined') return state;
  const all = [state.reason, ...reasons].filter((reason) => reason !== undefined);
  return { ...state, status: 'degraded', reason: all.join('; ') };
}

/** Those that are not simply loaded. */
export function pluginFailures(states: readonly PluginState[]): readonly PluginFailure[] {
  return states.flatMap(({ package: name, status, reason = '' }) =>
    status === 'loaded' ? [] : [{ package: name, status, reason }],
  );
}

type Lost = (name: string) => readonly LeftOutEntry[];

function loadedState(plugin: LoadedPlugin, optional: boolean, lost: Lost): PluginState {
  const { package: name, id, version, origin, contributions } = plugin;
  const reasons = lost(name).map(({ entry, reason }) => `${entry} is left out: ${reason}`);
  const contributes = contributions.map(({ point, contribution }) => ({ point, type: contribution.type }));
  const loaded = {
    package: name,
    id,
    version,
    origin,
    optional,
    contributes,
    status: 'loaded',
    reason: undefined,
  } as const;
  return degraded(loaded, reasons);
}

function failedState({ entry, manifest, error }: FailedPlugin, lost: Lost): PluginState {
  const entries = lost(entry.package).map((one) => one.entry);
  const without = entries.length === 0 ? '' : `; left out: ${entries.join(', ')}`;
  return {
    package: entry.package,
    id: manifest?.id,
    version: manifest?.version,
    origin: manifest?.origin,
    optional: entry.optional,
    status: 'quarantined',
    reason: `${error.message}${without}`,
    contributes: [...(manifest?.contributes ?? [])].sort(
      (a, b) => extensionPoints.indexOf(a.point) - extensionPoints.indexOf(b.point),
    ),
  };
}
