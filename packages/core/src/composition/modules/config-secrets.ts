import type { DependencyContainer } from 'tsyringe';
import { AgeIdentity } from '../../adapters/age/age-identity.js';
import { readOrCreateIdentity } from '../../adapters/filesystem/identity-file.js';
import { ConfigSecrets } from '../../services/secrets/config-secrets.js';
import { Tokens } from '../../services/tokens.js';
import type { DataDirectory } from '../data-directory.js';
import { registerClass } from './register.js';

/** The sealed secrets of the config repository. Fails where the identity file is not usable. */
export async function registerConfigSecrets(container: DependencyContainer, data: DataDirectory): Promise<void> {
  const secrets = container.resolve(Tokens.SecretRepository);
  const nothingSealed = async () => (await secrets.listSealed()).length === 0;
  const identity = await readOrCreateIdentity(data.ageIdentity, AgeIdentity, nothingSealed);
  container.registerInstance(Tokens.SecretUnsealer, identity);
  registerClass(container, Tokens.ConfigSecrets, ConfigSecrets);
}
