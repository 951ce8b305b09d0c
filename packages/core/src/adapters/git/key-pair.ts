import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DanubeError } from '@danube/plugin-api';
import { readIfThere } from './read-if-there.js';

export interface KeyPair {
  readonly privateKeyPath: string;
  /** One line in OpenSSH form, to be registered with a server. */
  readonly publicKey: string;
  /** True when this call made the pair. */
  readonly created: boolean;
}

async function sshKeygen(args: readonly string[]): Promise<string> {
  try {
    return (await promisify(execFile)('ssh-keygen', args)).stdout;
  } catch (error) {
    const message =
      (error as NodeJS.ErrnoException).code === 'ENOENT'
        ? 'ssh-keygen was not found on PATH; install OpenSSH'
        : `ssh-keygen failed: ${(error as Error).message}`;
    throw new DanubeError('ssh_key_failed', message, { category: 'unavailable', cause: error });
  }
}

/** A pair made under other names and moved into place, the private half last: a crash leaves none rather than half. */
async function create(privateKey: string, publicKey: string, comment: string): Promise<void> {
  const draft = `${privateKey}.new`;
  await rm(draft, { force: true });
  await sshKeygen(['-q', '-t', 'ed25519', '-N', '', '-C', comment, '-f', draft]);
  await chmod(draft, 0o600);
  await chmod(`${draft}.pub`, 0o644);
  await rename(`${draft}.pub`, publicKey);
  await rename(draft, privateKey);
}

/**
 * An Ed25519 key pair in the folder, made at the first call. Idempotent.
 * @throws DanubeError `ssh_key_failed` (unavailable) when it has to be made and `ssh-keygen` is missing
 */
export async function ensureKeyPair(folder: string, name: string, comment: string): Promise<KeyPair> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const privateKeyPath = join(folder, name);
  const publicKeyPath = `${privateKeyPath}.pub`;
  const existing = await readIfThere(privateKeyPath);
  if (existing === undefined) await create(privateKeyPath, publicKeyPath, comment);
  else if ((await readIfThere(publicKeyPath)) === undefined) {
    await writeFile(publicKeyPath, await sshKeygen(['-y', '-f', privateKeyPath]), { mode: 0o644 });
  }
  return { privateKeyPath, publicKey: (await readFile(publicKeyPath, 'utf8')).trim(), created: existing === undefined };
}
