import { ConfigFileParser } from '../adapters/config-files/config-file-parser.js';
import { DirectoryConfigSource } from '../adapters/config-files/directory-config-source.js';
import type { AssembledConfiguration } from '../domain/config/assemble-configuration.js';

/** What a sync would make of the files in a folder. Needs no server and changes nothing. */
export async function validateConfigDirectory(directory: string): Promise<AssembledConfiguration> {
  const files = await new DirectoryConfigSource(directory).readFiles();
  return new ConfigFileParser().parse(files, new AbortController().signal);
}
