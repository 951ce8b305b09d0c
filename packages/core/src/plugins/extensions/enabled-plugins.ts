import { DanubeError, isDanubeError, type Plugin } from '@danube/plugin-api';
import type { PluginEntry } from '../../domain/config/integrations.js';
import type { CounterRegistry } from '../../services/ports/counter-registry.js';
import type { StuckCalls } from '../crashes/stuck-calls.js';
import type { PluginContexts } from '../guard/plugin-contexts.js';
import type { PluginLimits } from '../limits.js';
import type { LoadedPlugin } from '../loading/loaded-plugin.js';
import { loadPlugin } from '../loading/load-plugin.js';
import { takeBuiltIn } from '../loading/take-plugin.js';
import { checkCompatibility } from '../packages/check-compatibility.js';
import { findPackage, type PluginPlace } from '../packages/find-packages.js';
import type { PluginManifest } from '../packages/manifest.js';
import { readManifest } from '../packages/read-manifest.js';
import { TypeTable } from './type-table.js';

export interface FailedPlugin {
  readonly entry: PluginEntry;
  /** Position in the settings. */
  readonly index: number;
  /** Undefined where it could not be read. */
  readonly manifest: PluginManifest | undefined;
  readonly error: DanubeError;
}

export interface EnabledPlugins {
  readonly types: TypeTable;
  /** Those of the settings, in their order. */
  readonly loaded: readonly { readonly entry: PluginEntry; readonly index: number; readonly plugin: LoadedPlugin }[];
  readonly failed: readonly FailedPlugin[];
}

export interface LoaderOptions {
  readonly places: readonly PluginPlace[];
  readonly builtIns: readonly Plugin[];
  /** Version of Danube, which is that of what is built in. */
  readonly version: string;
  readonly apiVersion: string;
  readonly contexts: PluginContexts;
  readonly counters: CounterRegistry;
  readonly limits: PluginLimits;
  /** Undefined where no server watches over them. */
  readonly stuckCalls: StuckCalls | undefined;
}

/** Gets plugins into the process. What is in it stays, at its version, until the server is started again. */
export class PluginLoader {
  readonly #builtIns: readonly LoadedPlugin[];
  readonly #inProcess = new Map<string, LoadedPlugin>();

  constructor(private readonly options: LoaderOptions) {
    this.#builtIns = options.builtIns.map((plugin) => takeBuiltIn(plugin, options.version));
  }

  /** Folders of the code that runs in this process, by plugin id. */
  get folders(): ReadonlyMap<string, string> {
    return new Map([...this.#inProcess.values()].map(({ id, folder = '' }) => [id, folder]));
  }

  get builtIns(): readonly LoadedPlugin[] {
    return this.#builtIns;
  }

  /** Tries every entry; each failure is that plugin's alone. @throws only the signal's reason */
  async load(entries: readonly PluginEntry[], signal: AbortSignal): Promise<EnabledPlugins> {
    const types = new TypeTable();
    for (const plugin of this.#builtIns) this.#take(types, plugin);
    const loaded: EnabledPlugins['loaded'][number][] = [];
    const failed: FailedPlugin[] = [];
    for (const [index, entry] of entries.entries()) {
      let manifest: PluginManifest | undefined;
      try {
        if (entries.findIndex((other) => other.package === entry.package) < index) throw twice(entry.package);
        let plugin = this.#inProcess.get(entry.package);
        if (plugin === undefined) {
          manifest = await this.#manifest(entry.package);
          checkCompatibility(manifest, this.options.apiVersion);
          types.checkManifest(manifest);
          await this.options.stuckCalls?.check(manifest.package, manifest.id, Date.now());
          plugin = await loadPlugin(manifest, this.options.contexts, this.options.limits, signal);
        }
        this.#take(types, plugin);
        this.#inProcess.set(entry.package, plugin);
        loaded.push({ entry, index, plugin });
      } catch (error) {
        signal.throwIfAborted();
        if (!isDanubeError(error)) throw error;
        failed.push({ entry, index, manifest, error });
      }
    }
    return { types, loaded, failed };
  }

  async #manifest(name: string): Promise<PluginManifest> {
    const found = await findPackage(name, this.options.places);
    if (found !== undefined) return readManifest(found);
    const [first] = this.options.places;
    throw new DanubeError(
      'plugin_not_found',
      `${name} is not installed; install it with "npm install --prefix <data_dir>/plugins ${name}"`,
      { category: 'not_found', details: { searched_first: first?.folder } },
    );
  }

  #take(types: TypeTable, plugin: LoadedPlugin): void {
    for (const { contribution } of plugin.contributions) {
      for (const [name, { help, labels }] of Object.entries(contribution.counters ?? {})) {
        this.#declare(plugin, name, help, labels);
      }
    }
    types.add(plugin);
  }

  #declare(plugin: LoadedPlugin, ...counter: Parameters<CounterRegistry['declareCounter']>): void {
    try {
      this.options.counters.declareCounter(...counter);
    } catch (error) {
      if (!isDanubeError(error)) throw error;
      const { code, message, category } = error;
      throw new DanubeError(code, `${plugin.package} ${plugin.version} cannot be loaded: ${message}`, { category });
    }
  }
}

function twice(name: string): DanubeError {
  return new DanubeError('plugin_enabled_twice', `${name} stands twice under plugins; remove one of the two`, {
    category: 'invalid',
  });
}
