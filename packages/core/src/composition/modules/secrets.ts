import type { DependencyContainer } from 'tsyringe';
import { AesSecretCipher } from '../../adapters/crypto/aes-secret-cipher.js';
import { readOrCreateEncryptionKey } from '../../adapters/filesystem/encryption-key.js';
import type { Persistence } from '../../adapters/persistence/open-persistence.js';
import type { Redactor } from '../../adapters/telemetry/logging/redactor.js';
import { AuditLog } from '../../services/audit/audit-log.js';
import { checkSealedSecrets } from '../../services/secrets/check-sealed-secrets.js';
import { GetSecret } from '../../services/secrets/get-secret.js';
import { JobSecrets } from '../../services/secrets/job-secrets.js';
import { SecretScopes } from '../../services/secrets/secret-scopes.js';
import { Secrets } from '../../services/secrets/secrets.js';
import { StoredSecrets } from '../../services/secrets/stored-secrets.js';
import { Tokens } from '../../services/tokens.js';
import type { DataDirectory } from '../data-directory.js';
import { encryptionKeyPath, settleKeyRotation } from '../settle-key-rotation.js';
import { registerClass } from './register.js';

/** The store of secrets. Fails where the key file is not usable, or is not the one of the database. */
export async function registerSecrets(
  container: DependencyContainer,
  data: DataDirectory,
  persistence: Pick<Persistence, 'sealedValues'>,
  redactor: Redactor,
): Promise<void> {
  const repository = container.resolve(Tokens.SecretRepository);
  const nothingSealed = async () => (await repository.list()).length === 0;
  const path = encryptionKeyPath(data);
  await settleKeyRotation(path, persistence.sealedValues);
  const key = await readOrCreateEncryptionKey(path, nothingSealed);
  const cipher = new AesSecretCipher(key);
  await checkSealedSecrets(repository, cipher);
  container.registerInstance(Tokens.SecretCipher, cipher);
  container.registerInstance(Tokens.SecretMask, { hide: (value) => hideInLog(redactor, value) });
  registerClass(container, Tokens.AuditLog, AuditLog);
  registerClass(container, Tokens.SecretScopes, SecretScopes);
  registerClass(container, Tokens.Secrets, Secrets);
  registerClass(container, Tokens.SecretReader, StoredSecrets);
  registerClass(container, Tokens.JobSecrets, JobSecrets);
  registerClass(container, Tokens.GetSecret, GetSecret);
}

/** Long lines of a value on their own too: an error of a library quotes one line of a key rather than all of it. */
function hideInLog(redactor: Redactor, value: string): void {
  const lines = value.split(/\r?\n/).filter((line) => line.length >= shortestLine && !line.startsWith('-----'));
  for (const hidden of new Set([value, value.trim(), ...lines])) redactor.register(hidden);
}

const shortestLine = 16;
