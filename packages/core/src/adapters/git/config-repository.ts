import type { ConfigFile, ConfigSource } from '../../services/ports/config-source.js';
import type { GitCredential } from '../../services/ports/source-checkout.js';
import type { GitRunner } from './git-runner.js';
import type { Mirrors } from './mirrors.js';
import { readTree } from './read-tree.js';
import { resolveRef } from './resolve-ref.js';

export interface ConfigRepositoryOptions {
  readonly url: string;
  readonly branch: string;
  readonly credential: GitCredential | undefined;
}

/** The config repository as a mirror. Commits are fetched by their exact name, so a force-push is nothing special. */
export class ConfigRepository implements ConfigSource {
  constructor(
    private readonly runner: GitRunner,
    private readonly mirrors: Mirrors,
    private readonly options: ConfigRepositoryOptions,
  ) {}

  async fetchHead(signal: AbortSignal): Promise<string> {
    const { url, branch, credential } = this.options;
    const head = await resolveRef(
      this.runner,
      this.mirrors.access,
      { url, ref: this.#ref(branch), credential },
      signal,
    );
    await this.mirrors.provide({ url, commit: head.commit, ref: head.ref, credential }, signal);
    return head.commit;
  }

  async readFiles(commit: string, signal: AbortSignal): Promise<readonly ConfigFile[]> {
    const { url, branch, credential } = this.options;
    const mirror = await this.mirrors.provide({ url, commit, ref: this.#ref(branch), credential }, signal);
    return readTree(this.runner, mirror, commit, signal);
  }

  #ref(branch: string): string {
    return branch.startsWith('refs/') ? branch : `refs/heads/${branch}`;
  }
}
