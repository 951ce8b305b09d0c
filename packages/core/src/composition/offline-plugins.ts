import type { PluginHost } from '../plugins/extensions/plugin-host.js';
import { Tokens } from '../services/tokens.js';
import { builtInPlugins } from './built-in-plugins.js';
import { createContainer } from './create-container.js';
import { registerPlugins } from './modules/plugins.js';
import { createTelemetry, type Telemetry } from './telemetry.js';

/** Telemetry of a command that prints its results itself: only what goes wrong is logged. */
export function quietTelemetry(version: string): Telemetry {
  return createTelemetry({ levels: 'error', format: 'auto', output: process.stderr, version });
}

/** The mechanism of plugins without a server, to look at them and start none. */
export function offlinePlugins(dataDir: string | undefined, version: string, telemetry: Telemetry): PluginHost {
  const container = createContainer();
  container.registerInstance(Tokens.Metrics, telemetry.metrics);
  container.registerInstance(Tokens.Tracer, telemetry.tracer);
  container.registerInstance(Tokens.LoggerFactory, telemetry.loggers);
  return registerPlugins(container, {
    dataDir,
    version,
    counters: telemetry.metrics,
    builtIns: builtInPlugins(dataDir),
    hideSecrets: (text) => telemetry.redactor.withoutSecrets(text),
  });
}
