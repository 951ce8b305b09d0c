import { readFile, stat } from 'node:fs/promises';
import { DanubeError, SecretValue } from '@danube/plugin-api';

/** Far more than the largest key in use. */
const maxKeyBytes = 64 * 1024;

/**
 * The private key of a file that nobody but its owner may read.
 * @throws DanubeError `ssh_key_missing`, `ssh_key_unusable` (invalid)
 */
export async function readPrivateKey(path: string): Promise<SecretValue> {
  try {
    const { mode, size } = await stat(path);
    if ((mode & 0o077) !== 0)
      throw unusable(path, 'can be read or written by others than its owner: run chmod 600 on it');
    if (size > maxKeyBytes) throw unusable(path, 'is no private key: it is too large');
    return checkPrivateKey(await readFile(path, 'utf8'), path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new DanubeError('ssh_key_missing', `SSH key not found at ${path}`, { category: 'invalid', cause: error });
    }
    if (code === 'EACCES') throw unusable(path, 'cannot be read by the user that the server runs as', error);
    if (code === 'EISDIR') throw unusable(path, 'is a folder', error);
    throw error;
  }
}

/**
 * What ssh would only say in a puzzling way, said before it is asked. `where` names the key in the message.
 * @throws DanubeError `ssh_key_unusable` (invalid)
 */
export function checkPrivateKey(text: string, where: string): SecretValue {
  const [, kind, body] = /-----BEGIN ([A-Z ]*)PRIVATE KEY-----([\s\S]*?)-----END /.exec(text) ?? [];
  if (kind === undefined || body === undefined) {
    const isPublic = /^(ssh-|ecdsa-|sk-)/.test(text.trim());
    throw unusable(where, isPublic ? 'is the public half of a key; the private half is needed' : 'is no private key');
  }
  if (isEncrypted(kind, body)) {
    throw unusable(where, 'is protected by a passphrase, which nobody is there to type: use a key without one');
  }
  return new SecretValue(`${text.replaceAll('\r\n', '\n').trimEnd()}\n`);
}

/** OpenSSH's own form begins with a magic word and the name of its cipher; the older forms say it in clear text. */
function isEncrypted(kind: string, body: string): boolean {
  if (kind.startsWith('ENCRYPTED') || body.includes('ENCRYPTED')) return true;
  if (!kind.startsWith('OPENSSH')) return false;
  const bytes = Buffer.from(body, 'base64');
  const cipherAt = 'openssh-key-v1\0'.length + 4;
  if (bytes.length < cipherAt) return false;
  return bytes.toString('latin1', cipherAt, cipherAt + bytes.readUInt32BE(cipherAt - 4)) !== 'none';
}

function unusable(where: string, why: string, cause?: unknown): DanubeError {
  return new DanubeError('ssh_key_unusable', `the SSH key ${where} ${why}`, { category: 'invalid', cause });
}
