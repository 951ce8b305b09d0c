import type { ConfigFile, ConfigSource } from '../../services/ports/config-source.js';
import type { RepositoryAccess } from '../../services/ports/source-checkout.js';
import type { GitRunner } from './git-runner.js';
import type { Mirrors } from './mirrors.js';
import { readTree } from './read-tree.js';
import { resolveRef } from './resolve-ref.js';

export interface ConfigRepositoryOptions {
  readonly url: string;
  readonly branch: string;
  /** Asked before each use, so that a key that was exchanged holds from the next one on. */
  readonly access: (signal: AbortSignal) => Promise<RepositoryAccess>;
}

/** The config repository as a mirror. Commits are fetched by their exact name, so a force-push is nothing special. */
export class ConfigRepository implements ConfigSource {
  constructor(
    private readonly runner: GitRunner,
    private readonly mirrors: Mirrors,
    private readonly options: ConfigRepositoryOptions,
  ) {}

  async fetchHead(signal: AbortSignal): Promise<string> {
    const { url, branch } = this.options;
    const access = await this.options.access(signal);
    const head = await resolveRef(this.runner, this.mirrors.access, { url, ref: this.#ref(branch), access }, signal);
    const wanted = { url, commit: head.commit, ref: head.ref, access, extent: 1 };
    await this.mirrors.mending([this.mirrors.path(wanted)], () => this.mirrors.provide(wanted, signal), signal);
    return head.commit;
  }

  async readFiles(commit: string, signal: AbortSignal): Promise<readonly ConfigFile[]> {
    const { url, branch } = this.options;
    const access = await this.options.access(signal);
    const wanted = { url, commit, ref: this.#ref(branch), access, extent: 1 };
    const read = async () => readTree(this.runner, await this.mirrors.provide(wanted, signal), commit, signal);
    return this.mirrors.mending([this.mirrors.path(wanted)], read, signal);
  }

  #ref(branch: string): string {
    return branch.startsWith('refs/') ? branch : `refs/heads/${branch}`;
  }
}
