import type { Metrics } from '../../services/ports/metrics.js';
import { GitCheckout } from './checkout.js';
import { ConfigRepository, type ConfigRepositoryOptions } from './config-repository.js';
import { GitAccessProvider } from './git-access.js';
import { GitRunner } from './git-runner.js';
import { Mirrors } from './mirrors.js';

export interface Git {
  readonly checkout: GitCheckout;
  configRepository(options: ConfigRepositoryOptions): ConfigRepository;
}

/** Everything that uses git, on one cache directory. Only one process may use the directory at a time. */
export function createGit(cacheDir: string, metrics: Metrics): Git {
  const runner = new GitRunner(cacheDir);
  const mirrors = new Mirrors(runner, new GitAccessProvider(cacheDir));
  return {
    checkout: new GitCheckout(runner, mirrors, metrics),
    configRepository: (options) => new ConfigRepository(runner, mirrors, options),
  };
}
