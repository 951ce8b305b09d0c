import type { BootstrapConfig } from '../adapters/bootstrap-config/bootstrap-config.js';
import { AbsentConfigSource } from '../adapters/config-files/absent-config-source.js';
import { ensureDeployKey, knownHostsPath } from '../adapters/git/deploy-key.js';
import { checkRepositoryUrl } from '../domain/repository/repository-url.js';
import type { ConfigSource } from '../services/ports/config-source.js';
import type { GitCredential } from '../services/ports/source-checkout.js';
import { Tokens } from '../services/tokens.js';
import type { Engine } from './engine.js';
import { registerConfigSync } from './modules/config-sync.js';

type ConfigRepo = BootstrapConfig['configRepo'];

/** Makes ready to read the config repository; {@link startConfigSync} begins. */
export async function prepareConfigSync(engine: Engine, config: ConfigRepo): Promise<void> {
  registerConfigSync(engine.container, await createSource(engine, config), config);
}

/** Follows the config repository. Waits for the first sync only where no configuration is in force yet. */
export async function startConfigSync({ container, lifecycle }: Engine): Promise<void> {
  const active = container.resolve(Tokens.ActiveConfiguration);
  const queue = container.resolve(Tokens.JobQueue);
  // a higher limit may let waiting jobs run
  lifecycle.onStop(
    'limits',
    active.subscribe(() => queue.wake()),
  );
  const polling = container.resolve(Tokens.PollConfiguration);
  lifecycle.onStop('config sync', () => polling.stop());
  const first = polling.start();
  if (active.applied.commit === undefined) await first;
}

async function createSource(engine: Engine, { url, branch, sshKeyPath }: ConfigRepo): Promise<ConfigSource> {
  const overSsh = url !== undefined && checkRepositoryUrl(url) === 'ssh';
  const ownKey = sshKeyPath === undefined ? await deployKey(engine, overSsh) : undefined;
  if (url === undefined) return new AbsentConfigSource();
  const named: GitCredential | undefined =
    sshKeyPath === undefined
      ? undefined
      : { kind: 'ssh', privateKeyPath: sshKeyPath, knownHostsPath: knownHostsPath(engine.data.keys) };
  return engine.git.configRepository({ url, branch, credential: overSsh ? (named ?? ownKey) : undefined });
}

/** Made at the first start, so that it can be registered before an ssh URL is configured; required only for such a URL. */
async function deployKey({ data, logger }: Engine, required: boolean): Promise<GitCredential | undefined> {
  try {
    const key = await ensureDeployKey(data.keys);
    if (key.created) {
      logger.info('made a deploy key; give its public half read access to a config repository that is reached by ssh', {
        public_key: key.publicKey,
      });
    }
    return key.credential;
  } catch (error) {
    if (required) throw error;
    logger.debug('no deploy key was made; only an ssh URL would need one', { err: error });
    return undefined;
  }
}
