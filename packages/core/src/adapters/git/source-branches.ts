import { shortRef } from '../../domain/job/short-ref.js';
import { checkRepositoryUrl } from '../../domain/repository/repository-url.js';
import type { SourceBranches } from '../../services/ports/source-branches.js';
import type { RepositoryAccess } from '../../services/ports/source-checkout.js';
import type { GitAccessProvider } from './git-access.js';
import { unreachable } from './git-failure.js';
import type { GitRunner } from './git-runner.js';

const timeoutMs = 30_000;

/** Each call is one `git ls-remote`. */
export class GitSourceBranches implements SourceBranches {
  constructor(
    private readonly runner: GitRunner,
    private readonly accessProvider: GitAccessProvider,
  ) {}

  async list(url: string, access: RepositoryAccess, signal: AbortSignal): Promise<readonly string[]> {
    checkRepositoryUrl(url);
    const args = ['ls-remote', '--heads', '--end-of-options', url];
    const result = await this.accessProvider.with(url, access.credential, (opened) =>
      this.runner.run({ args, access: opened, timeoutMs, signal }),
    );
    if (result.exitCode !== 0) throw unreachable(url, access, result);
    const lines = result.stdout.toString().split('\n');
    return lines.flatMap((line) => line.split('\t')[1] ?? []).map(shortRef);
  }
}
