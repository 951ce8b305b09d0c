import { setImmediate } from 'node:timers/promises';
import { assembleConfiguration, type AssembledConfiguration } from '../../domain/config/assemble-configuration.js';
import type { ReadDocuments } from '../../domain/config/config-document.js';
import type { ConfigParser } from '../../services/ports/config-parser.js';
import type { ConfigFile } from '../../services/ports/config-source.js';
import type { ConfigFileReader } from './read-config-file.js';

/** Longest time in which nothing else of the process gets its turn. */
const sliceMs = 15;

/** Configuration from YAML and JSON files. The YAML library and the validators are loaded at the first use. */
export class ConfigFileParser implements ConfigParser {
  #cache: ReadonlyMap<string, ReadDocuments> = new Map();
  #reader: ConfigFileReader | undefined;

  async parse(files: readonly ConfigFile[], signal: AbortSignal): Promise<AssembledConfiguration> {
    const { closestName, ConfigFileReader, createValidators, merge } = await import('./reading.js');
    this.#reader ??= new ConfigFileReader(createValidators());
    const contents = new Map<string, ReadDocuments>();
    let sliceEnd = performance.now() + sliceMs;
    for (const file of files) {
      const key = `${file.blobId} ${file.path}`;
      contents.set(key, this.#cache.get(key) ?? this.#reader.read(file));
      if (performance.now() < sliceEnd) continue;
      await setImmediate();
      signal.throwIfAborted();
      sliceEnd = performance.now() + sliceMs;
    }
    this.#cache = contents;
    return assembleConfiguration(merge([...contents.values()]), closestName);
  }
}
