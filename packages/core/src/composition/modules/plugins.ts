import type { Plugin } from '@danube/plugin-api';
import type { DependencyContainer } from 'tsyringe';
import { closestName, suggestName } from '../../adapters/config-files/closest-name.js';
import { explainError } from '../../adapters/config-files/explain-error.js';
import { ActiveExtensions } from '../../plugins/active-extensions.js';
import { PluginCrashes } from '../../plugins/crashes/plugin-crashes.js';
import type { StuckCalls } from '../../plugins/crashes/stuck-calls.js';
import { PluginLoader } from '../../plugins/extensions/enabled-plugins.js';
import { PluginHost } from '../../plugins/extensions/plugin-host.js';
import type { HideSecrets } from '../../plugins/guard/foreign-errors.js';
import { PluginContexts } from '../../plugins/guard/plugin-contexts.js';
import { pluginLimits, type PluginLimits } from '../../plugins/limits.js';
import { pluginPlaces } from '../../plugins/packages/find-packages.js';
import { pluginApiVersion } from '../../plugins/plugin-api-version.js';
import type { CounterRegistry } from '../../services/ports/counter-registry.js';
import { Tokens } from '../../services/tokens.js';

export interface PluginParts {
  /** Undefined where no data directory is known: only what was delivered with the program is found then. */
  readonly dataDir: string | undefined;
  readonly version: string;
  readonly counters: CounterRegistry;
  readonly builtIns: readonly Plugin[];
  readonly hideSecrets: HideSecrets;
  readonly crashes?: PluginCrashes;
  readonly stuckCalls?: StuckCalls;
  readonly contexts?: PluginContexts;
  readonly limits?: PluginLimits;
}

/** The mechanism of plugins. Nothing is loaded before it is asked for. */
export function registerPlugins(container: DependencyContainer, parts: PluginParts): PluginHost {
  const { dataDir, version, counters, builtIns, crashes = new PluginCrashes(), limits = pluginLimits } = parts;
  const { hideSecrets, stuckCalls, contexts = new PluginContexts() } = parts;
  const tools = {
    metrics: container.resolve(Tokens.Metrics),
    tracer: container.resolve(Tokens.Tracer),
    loggers: container.resolve(Tokens.LoggerFactory),
    contexts,
    limits,
    hideSecrets,
  };
  const places = pluginPlaces(dataDir);
  const loader = new PluginLoader({
    places,
    builtIns,
    version,
    apiVersion: pluginApiVersion,
    contexts,
    counters,
    limits,
    stuckCalls,
  });
  crashes.watch({ ...tools, folders: () => loader.folders });
  const active = new ActiveExtensions();
  const host = new PluginHost({
    loader,
    places,
    tools,
    secrets: () => container.resolve(Tokens.SecretReader),
    storedSecrets: () => container.resolve(Tokens.SecretRepository).list(),
    wording: { explain: explainError, suggest: suggestName, closest: closestName },
    active,
    crashes,
  });
  container.registerInstance(Tokens.Extensions, active);
  container.registerInstance(Tokens.ExtensionBuilder, host);
  return host;
}
