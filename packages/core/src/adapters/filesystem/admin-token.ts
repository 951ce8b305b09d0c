import { chmod, readFile } from 'node:fs/promises';
import { DanubeError } from '@danube/plugin-api';
import type { IdGenerator } from '../../services/ports/id-generator.js';
import { createPrivateFile, isCode } from './private-file.js';

const shortestToken = 20;

/**
 * The instance's admin token, made at the first start. Safe against two starts at once: both get the same token.
 * @throws DanubeError `admin_token_unusable` (internal) when the file holds no token.
 */
export async function readOrCreateAdminToken(path: string, ids: IdGenerator): Promise<string> {
  const existing = await read(path);
  if (existing !== undefined) return checked(existing, path);
  await createPrivateFile(path, `${ids.newToken()}\n`);
  return checked((await read(path)) ?? '', path);
}

async function read(path: string): Promise<string | undefined> {
  try {
    const token = (await readFile(path, 'utf8')).trim();
    await chmod(path, 0o600);
    return token;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function checked(token: string, path: string): string {
  if (token.length >= shortestToken && !/\s/.test(token)) return token;
  throw new DanubeError(
    'admin_token_unusable',
    `${path} must hold one token of at least ${shortestToken} characters; delete the file to have a new one made`,
    { category: 'internal' },
  );
}
