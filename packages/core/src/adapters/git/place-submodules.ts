import { join } from 'node:path';
import { isDanubeError } from '@danube/plugin-api';
import { submoduleSource } from '../../domain/repository/submodule-url.js';
import { eachAtOnce } from './each-at-once.js';
import type { GitRunner } from './git-runner.js';
import type { PlaceCommit, PlacedCommit } from './place-commit.js';
import { readSubmodules, registerSubmodules, type Submodule } from './read-submodules.js';
import { submoduleAccess } from './submodule-access.js';
import { isNotOpen, namingSubmodule, submoduleNotOpen, submodulesRefused } from './submodule-failure.js';

interface PlacedSubmodule extends PlacedCommit {
  readonly path: string;
  readonly sameServer: boolean;
}

const maxSubmodules = 500;

/**
 * Submodules are repositories of their own: each comes from its mirror, and its URL passes the same checks. One on the same
 * server gets the credential of the repository that names it, any other none.
 */
export class PlaceSubmodules {
  constructor(
    private readonly runner: GitRunner,
    private readonly placeCommit: PlaceCommit,
  ) {}

  /**
   * All that were put in place, those of submodules included.
   * @throws DanubeError `submodules_refused` (invalid), and those of {@link PlaceCommit}, each naming the submodule
   */
  async execute(root: PlacedCommit, signal: AbortSignal): Promise<readonly PlacedCommit[]> {
    const all: PlacedCommit[] = [];
    for (let level: readonly PlacedCommit[] = [root]; level.length > 0;) {
      const below = await eachAtOnce(level, (parent, stop) => this.#below(parent, stop), signal);
      const submodules = below.flat();
      all.push(...submodules);
      if (all.length > maxSubmodules) throw submodulesRefused(`there are more than ${maxSubmodules} submodules`);
      await eachAtOnce(submodules, (submodule, stop) => this.#place(submodule, stop), signal);
      level = submodules;
    }
    return all;
  }

  async #below(parent: PlacedCommit, signal: AbortSignal): Promise<readonly PlacedSubmodule[]> {
    const found = await readSubmodules(this.runner, parent.destination, signal);
    const placed = found.map((submodule) => placeOf(parent, submodule));
    await registerSubmodules(
      parent.destination,
      found.map(({ name }, index) => ({ name, url: placed[index]?.url ?? '' })),
    );
    return placed;
  }

  async #place(submodule: PlacedSubmodule, signal: AbortSignal): Promise<void> {
    try {
      await this.placeCommit.execute(submodule, signal);
    } catch (error) {
      if (!isDanubeError(error)) throw error;
      const { path, url, sameServer, access } = submodule;
      throw isNotOpen(error, sameServer, access) ? submoduleNotOpen(path, url, access) : namingSubmodule(path, error);
    }
  }
}

function placeOf(parent: PlacedCommit, { path, url: written, commit }: Submodule): PlacedSubmodule {
  try {
    const { url, sameServer } = submoduleSource(parent.url, written);
    const access = submoduleAccess(parent.access, sameServer);
    const destination = join(parent.destination, path);
    return { url, commit, ref: 'HEAD', access, extent: parent.extent, destination, path, sameServer };
  } catch (error) {
    throw isDanubeError(error) ? namingSubmodule(path, error) : error;
  }
}
