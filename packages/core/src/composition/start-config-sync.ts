import { join } from 'node:path';
import type { BootstrapConfig } from '../adapters/bootstrap-config/bootstrap-config.js';
import { AbsentConfigSource } from '../adapters/config-files/absent-config-source.js';
import { readPrivateKey } from '../builtin/ssh-key/read-private-key.js';
import { SshKeyMethod } from '../builtin/ssh-key/ssh-key-method.js';
import { checkRepositoryUrl } from '../domain/repository/repository-url.js';
import type { ConfigSource } from '../services/ports/config-source.js';
import type { RepositoryAccess } from '../services/ports/source-checkout.js';
import { Tokens } from '../services/tokens.js';
import { deployKeyName } from './data-directory.js';
import type { Engine } from './engine.js';
import { ensureOwnKeys } from './own-keys.js';
import { registerConfigSecrets } from './modules/config-secrets.js';
import { registerConfigSync } from './modules/config-sync.js';

type ConfigRepo = BootstrapConfig['configRepo'];

/** Makes ready to read the config repository; {@link startConfigSync} begins. */
export async function prepareConfigSync(engine: Engine, config: ConfigRepo): Promise<void> {
  await ensureOwnKeys(engine);
  await registerConfigSecrets(engine.container, engine.data);
  registerConfigSync(engine.container, createSource(engine, config), config);
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

function createSource(engine: Engine, { url, branch, sshKeyPath }: ConfigRepo): ConfigSource {
  if (url === undefined) return new AbsentConfigSource();
  const keyPath = sshKeyPath ?? join(engine.data.keys, deployKeyName);
  const method = new SshKeyMethod(() => readPrivateKey(keyPath), undefined);
  const overSsh = checkRepositoryUrl(url) === 'ssh';
  const access = async (signal: AbortSignal): Promise<RepositoryAccess> =>
    overSsh
      ? { authMethod: 'deploy_key', credential: await method.issueCredential({ url }, signal) }
      : { authMethod: 'none', credential: undefined };
  return engine.git.configRepository({ url, branch, access });
}
