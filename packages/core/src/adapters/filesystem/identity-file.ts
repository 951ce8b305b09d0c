import { DanubeError } from '@danube/plugin-api';
import { createPrivateFile } from './private-file.js';
import { readPrivateFile } from './read-private-file.js';

export interface IdentityFormat<T> {
  /** Text of a new file. */
  readonly generate: () => Promise<string>;
  /** Undefined for a text that holds no identity. */
  readonly parse: (text: string) => Promise<T | undefined>;
}

/**
 * The identity that opens what people sealed for this instance. `mayBeMade` is asked where there is no file yet: false where
 * the config repository holds what a new one could not open. Safe against two starts at once.
 * @throws DanubeError `age_identity_unusable`, `age_identity_missing` (invalid)
 */
export async function readOrCreateIdentity<T>(
  path: string,
  format: IdentityFormat<T>,
  mayBeMade: () => Promise<boolean>,
): Promise<T> {
  const existing = await read(path, format);
  if (existing !== undefined) return existing;
  if (!(await mayBeMade())) throw missing(path);
  await createPrivateFile(path, await format.generate());
  return (await read(path, format)) ?? Promise.reject(missing(path));
}

async function read<T>(path: string, { parse }: IdentityFormat<T>): Promise<T | undefined> {
  const file = await readPrivateFile(path, { unusable: (problem) => unusable(path, problem) });
  if (file === undefined) return undefined;
  return (await parse(file.toString('utf8'))) ?? Promise.reject(unusable(path, 'holds no age identity'));
}

function unusable(path: string, problem: string): DanubeError {
  return new DanubeError(
    'age_identity_unusable',
    `${path} ${problem}; it must hold one age X25519 identity, "AGE-SECRET-KEY-1…", and only its owner may read it`,
    { category: 'invalid' },
  );
}

function missing(path: string): DanubeError {
  return new DanubeError(
    'age_identity_missing',
    `secrets of the config repository were sealed for the age identity ${path}, which is gone; restore it from the backup`,
    { category: 'invalid' },
  );
}
