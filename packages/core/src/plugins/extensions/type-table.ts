import { DanubeError, type ExtensionPoint } from '@danube/plugin-api';
import { keyOf } from '../loading/check-description.js';
import type { LoadedContribution, LoadedPlugin } from '../loading/loaded-plugin.js';
import type { ContributedType, PluginManifest } from '../packages/manifest.js';
import { sectionKey } from './sections.js';

/** Which plugin has which type. */
export class TypeTable {
  readonly #types = new Map<string, LoadedContribution>();
  /** Package that has a type, by {@link keyOf}. */
  readonly #owners = new Map<string, string>();
  readonly #ids = new Map<string, string>();

  /** @throws DanubeError `plugin_type_taken` (conflict) naming both plugins, before anything of the second one ran */
  checkManifest({ package: name, id, contributes }: PluginManifest): void {
    this.#check(name, id, contributes);
  }

  /** Keeps the types for a plugin that is not loaded. @throws as {@link checkManifest} */
  reserve(manifest: PluginManifest): void {
    this.checkManifest(manifest);
    this.#own(manifest.package, manifest.id, manifest.contributes);
  }

  /** @throws as {@link checkManifest}; nothing of the plugin is taken then */
  add({ package: name, id, contributions }: LoadedPlugin): void {
    const contributed = contributions.map(({ point, contribution }) => ({ point, type: contribution.type }));
    this.#check(name, id, contributed);
    this.#own(name, id, contributed);
    for (const one of contributions) this.#types.set(keyOf(one.point, one.contribution.type), one);
  }

  find(point: ExtensionPoint, type: string): LoadedContribution | undefined {
    return this.#types.get(keyOf(point, type));
  }

  typesOf(point: ExtensionPoint): readonly string[] {
    return [...this.#types.values()].filter((one) => one.point === point).map(({ contribution }) => contribution.type);
  }

  #own(name: string, id: string, types: readonly ContributedType[]): void {
    this.#ids.set(id, name);
    for (const { point, type } of types) this.#owners.set(keyOf(point, type), name);
  }

  #check(name: string, id: string, types: readonly ContributedType[]): void {
    const sameId = this.#ids.get(id);
    if (sameId !== undefined) throw taken(`${name} has the id "${id}", as ${sameId} has`);
    for (const { point, type } of types) {
      const other = this.#owners.get(keyOf(point, type));
      if (other !== undefined) {
        throw taken(`${name} adds the type "${type}" to ${sectionKey(point)}, as ${other} does`);
      }
    }
  }
}

function taken(what: string): DanubeError {
  return new DanubeError('plugin_type_taken', `${what}; enable only one of the two`, { category: 'conflict' });
}
