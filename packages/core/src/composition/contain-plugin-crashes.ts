import { PluginCrashes } from '../plugins/crashes/plugin-crashes.js';
import type { Telemetry } from './telemetry.js';

/**
 * Keeps stray errors of plugins, and their demands to exit, from ending the process. Any other error ends it, as it would by
 * itself: nobody knows what state it left behind.
 */
export function containPluginCrashes(process: NodeJS.Process, { loggers }: Telemetry): PluginCrashes {
  const crashes = new PluginCrashes();
  const log = loggers.forTarget('danube');
  const exit = process.exit.bind(process);
  process.exit = (code) => {
    crashes.refuseExit(code);
    return exit(code);
  };
  const take = (error: unknown) => {
    if (crashes.contain(error)) return;
    log.error('an error that nobody caught ends the server', { err: error });
    exit(1);
  };
  process.on('uncaughtException', take);
  process.on('unhandledRejection', take);
  return crashes;
}
