import { AesSecretCipher } from '../adapters/crypto/aes-secret-cipher.js';
import { Sha256TokenHasher } from '../adapters/crypto/sha256-token-hasher.js';
import {
  createNextEncryptionKey,
  promoteNextEncryptionKey,
  readOrCreateEncryptionKey,
} from '../adapters/filesystem/encryption-key.js';
import { lockInstance } from '../adapters/persistence/instance-lock.js';
import { openPersistence, type Persistence } from '../adapters/persistence/open-persistence.js';
import { SystemClock } from '../adapters/system-clock/system-clock.js';
import { AuditLog } from '../services/audit/audit-log.js';
import { checkSealedSecrets } from '../services/secrets/check-sealed-secrets.js';
import { resealAll } from '../services/secrets/reseal-all.js';
import { prepareDataDirectory } from './data-directory.js';
import { encryptionKeyPath, settleKeyRotation } from './settle-key-rotation.js';
import { createTelemetry } from './telemetry.js';

export interface KeyRotation {
  /** Values that are sealed with the new key now. */
  readonly sealed: number;
  /** Values that had been damaged before and stay so. */
  readonly unreadable: number;
}

/**
 * Makes a new encryption key and seals everything in the database with it. The server must be stopped. After a crash at any
 * moment either key is in place with a database that it opens, once {@link settleKeyRotation} has run.
 * @throws DanubeError `data_dir_in_use`, `encryption_key_missing`, `encryption_key_wrong`, `encryption_key_unusable`
 */
export async function rotateEncryptionKey(dataDir: string, actor: string, version: string): Promise<KeyRotation> {
  const data = await prepareDataDirectory(dataDir);
  const unlock = await lockInstance(data.lock);
  try {
    const path = encryptionKeyPath(data);
    const { loggers, metrics, tracer } = createTelemetry({
      levels: 'warn',
      format: 'auto',
      output: process.stderr,
      version,
    });
    const logger = loggers.forTarget('danube');
    const persistence = await openPersistence(data.database, { logger, metrics, tracer });
    let rotation: KeyRotation;
    try {
      rotation = await reseal(persistence, path, actor);
    } finally {
      // also brings the database onto the disk, before the old key goes
      await persistence.close();
    }
    await promoteNextEncryptionKey(path);
    return rotation;
  } finally {
    await unlock();
  }
}

async function reseal(persistence: Persistence, path: string, actor: string): Promise<KeyRotation> {
  const { sealedValues, secrets, unitOfWork, audit } = persistence;
  await settleKeyRotation(path, sealedValues);
  const key = await readOrCreateEncryptionKey(path, async () => (await secrets.list()).length === 0);
  const from = new AesSecretCipher(key);
  await checkSealedSecrets(secrets, from);
  const to = new AesSecretCipher(await createNextEncryptionKey(path));
  const auditLog = new AuditLog(audit, new Sha256TokenHasher(), unitOfWork, new SystemClock());
  return unitOfWork.run(async () => {
    const { sealed, unreadable } = await resealAll(sealedValues, from, to);
    const about = { secret: '', scope: undefined, jobId: undefined } as const;
    await auditLog.append({ action: 'key.rotate', outcome: 'replaced', actor, ...about });
    return { sealed: sealed - unreadable, unreadable };
  });
}
