import { fileURLToPath } from 'node:url';
import type { Metrics } from '../../services/ports/metrics.js';
import type { LoggerFactory } from '../../services/ports/logger.js';
import { firstLine, type HideSecrets } from '../guard/foreign-errors.js';
import type { PluginCall, PluginContexts } from '../guard/plugin-contexts.js';

interface Tools {
  readonly contexts: PluginContexts;
  readonly metrics: Metrics;
  readonly loggers: LoggerFactory;
  readonly hideSecrets: HideSecrets;
  /** Folders of the plugins in this process, by id. */
  folders(): ReadonlyMap<string, string>;
}

/**
 * Errors that nobody waited for, such as one thrown in a timer. They would end the process; those of plugins must not.
 */
export class PluginCrashes {
  readonly #last = new Map<string, string>();
  #tools: Tools | undefined;

  /** Until then no error is a plugin's. */
  watch(tools: Tools): void {
    this.#tools = tools;
  }

  /** Why a plugin counts as degraded, in words; undefined where nothing of it crashed in this process. */
  of(plugin: string): string | undefined {
    return this.#last.get(plugin);
  }

  /**
   * To be called from the process's handlers of stray errors. True where a plugin was the cause: then it is logged, counted
   * and remembered, and the process may go on.
   */
  contain(error: unknown): boolean {
    const call = this.#cause(error);
    if (call === undefined || this.#tools === undefined) return false;
    const { metrics, loggers, hideSecrets } = this.#tools;
    this.#last.set(call.plugin, `its code crashed at ${new Date().toISOString()}: ${hideSecrets(firstLine(error))}`);
    loggers.forTarget('danube.plugins').error('code of a plugin crashed outside of any call; the server goes on', {
      ...call,
      error,
    });
    metrics.count('danube_plugin_calls_total', { ...call, status: 'crashed' });
    return true;
  }

  /** To be called before the process exits on demand. @throws Error where the demand is a plugin's */
  refuseExit(code: unknown): void {
    if (this.#tools?.contexts.current() === undefined) return;
    throw new Error(`process.exit(${typeof code === 'number' ? code : ''}) ends the server, which plugins must not`);
  }

  #cause(error: unknown): PluginCall | undefined {
    return this.#tools?.contexts.current() ?? this.#causeByStack(error);
  }

  /** Microtasks that were queued by hand carry no context. */
  #causeByStack(error: unknown): PluginCall | undefined {
    const stack = error instanceof Error ? (error.stack ?? '') : '';
    const first = stack.split('\n').find((line) => line.startsWith('    at '));
    const path = first === undefined ? undefined : pathIn(first);
    for (const [plugin, folder] of this.#tools?.folders() ?? []) {
      if (path?.startsWith(`${folder}/`)) return { plugin, point: 'none', method: 'background' };
    }
    return undefined;
  }
}

function pathIn(frame: string): string | undefined {
  const place = /\(?((?:file:\/\/)?\/[^()]*?):\d+:\d+\)?$/.exec(frame)?.[1];
  return place?.startsWith('file://') ? fileURLToPath(place) : place;
}
