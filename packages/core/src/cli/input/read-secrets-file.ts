import { open } from 'node:fs/promises';
import path from 'node:path';
import { DanubeError } from '@danube/plugin-api';
import type { Terminal } from '../output/terminal.js';

/**
 * Secrets for a run without a server: a JSON object of names and values in a file that only its owner can read.
 * @throws DanubeError `secrets_file_unusable`, which never quotes what is in the file.
 */
export async function readSecretsFile(terminal: Terminal, file: string): Promise<Readonly<Record<string, string>>> {
  const text = await readPrivate(path.resolve(terminal.cwd, file), file);
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw unusable(file, 'is no JSON');
  }
  if (!isTextObject(content)) throw unusable(file, 'is no object of names and texts');
  return content;
}

async function readPrivate(absolute: string, file: string): Promise<string> {
  const handle = await open(absolute, 'r').catch((error: Error) => {
    throw unusable(file, `cannot be read: ${error.message}`);
  });
  try {
    if (((await handle.stat()).mode & 0o077) !== 0) {
      throw unusable(file, `can be read by other users; close it with "chmod 600 ${file}"`);
    }
    return await handle.readFile('utf8');
  } catch (error) {
    throw error instanceof DanubeError ? error : unusable(file, 'is no file');
  } finally {
    await handle.close();
  }
}

function isTextObject(content: unknown): content is Readonly<Record<string, string>> {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return false;
  return Object.values(content).every((value) => typeof value === 'string');
}

function unusable(file: string, problem: string): DanubeError {
  return new DanubeError(
    'secrets_file_unusable',
    `the secrets file ${file} ${problem}; it must be like {"NAME": "value"}, with mode 600`,
    { category: 'invalid' },
  );
}
