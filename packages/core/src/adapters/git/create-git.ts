import type { Metrics } from '../../services/ports/metrics.js';
import type { SourceCache } from '../../services/ports/source-cache.js';
import { GitCheckoutProgram } from './checkout-program/checkout-program.js';
import { GitCheckout } from './checkout.js';
import { ConfigRepository, type ConfigRepositoryOptions } from './config-repository.js';
import { GitAccessProvider } from './git-access.js';
import type { GitRunner } from './git-runner.js';
import { Mirrors } from './mirrors.js';
import { GitSourceBranches } from './source-branches.js';
import { GitSourceFiles } from './source-files.js';

export interface Git {
  readonly checkout: GitCheckout;
  readonly branches: GitSourceBranches;
  readonly checkoutProgram: GitCheckoutProgram;
  readonly files: GitSourceFiles;
  readonly cache: SourceCache;
  configRepository(options: ConfigRepositoryOptions): ConfigRepository;
}

/**
 * Everything that reads repositories. Only one process may use a cache directory at a time, with one runner. `knownHosts` is
 * the file in which host keys are kept once they have been learnt.
 */
export function createGit(runner: GitRunner, metrics: Metrics, knownHosts: string): Git {
  const mirrors = new Mirrors(runner, new GitAccessProvider(runner.cacheDir, knownHosts));
  return {
    checkout: new GitCheckout(runner, mirrors, metrics),
    branches: new GitSourceBranches(runner, mirrors.access),
    checkoutProgram: new GitCheckoutProgram(metrics, knownHosts),
    files: new GitSourceFiles(runner, mirrors),
    cache: mirrors.unused,
    configRepository: (options) => new ConfigRepository(runner, mirrors, options),
  };
}
