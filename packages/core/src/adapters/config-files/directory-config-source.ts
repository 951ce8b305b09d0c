import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { DanubeError } from '@danube/plugin-api';
import {
  isConfigPath,
  maxConfigFileBytes,
  type ConfigFile,
  type ConfigSource,
} from '../../services/ports/config-source.js';

/** The name under which Git would store the content. */
function blobId(content: Buffer): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

/** A plain folder instead of a commit, to try a configuration before it is pushed. */
export class DirectoryConfigSource implements ConfigSource {
  constructor(private readonly directory: string) {}

  /** Not a commit, but a word that says where the files come from. */
  fetchHead(): Promise<string> {
    return Promise.resolve(this.directory);
  }

  async readFiles(): Promise<readonly ConfigFile[]> {
    const paths = (await this.#list()).filter(isConfigPath).sort();
    const files: ConfigFile[] = [];
    for (const path of paths) files.push(await this.#read(path));
    return files;
  }

  async #list(): Promise<readonly string[]> {
    try {
      const entries = await readdir(this.directory, { recursive: true, withFileTypes: true });
      const prefix = join(this.directory, sep).length;
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(prefix).replaceAll(sep, '/'));
    } catch (error) {
      throw new DanubeError(
        'config_directory_unreadable',
        `cannot read ${this.directory}: ${(error as Error).message}`,
        {
          category: 'invalid',
          cause: error,
        },
      );
    }
  }

  async #read(path: string): Promise<ConfigFile> {
    const file = join(this.directory, path);
    const { size } = await stat(file);
    if (size > maxConfigFileBytes) return { path, size, text: '', blobId: `${size}` };
    const content = await readFile(file);
    return { path, size: content.length, text: content.toString('utf8'), blobId: blobId(content) };
  }
}
