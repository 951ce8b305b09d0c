import type { Metrics } from '../../services/ports/metrics.js';
import { GitCheckout } from './checkout.js';
import { ConfigRepository, type ConfigRepositoryOptions } from './config-repository.js';
import { GitAccessProvider } from './git-access.js';
import type { GitRunner } from './git-runner.js';
import { Mirrors } from './mirrors.js';

export interface Git {
  readonly checkout: GitCheckout;
  configRepository(options: ConfigRepositoryOptions): ConfigRepository;
}

/** Everything that reads repositories. Only one process may use a cache directory at a time, with one runner. */
export function createGit(runner: GitRunner, metrics: Metrics): Git {
  const mirrors = new Mirrors(runner, new GitAccessProvider(runner.cacheDir));
  return {
    checkout: new GitCheckout(runner, mirrors, metrics),
    configRepository: (options) => new ConfigRepository(runner, mirrors, options),
  };
}
