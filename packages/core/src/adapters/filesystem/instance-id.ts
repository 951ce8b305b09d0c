import { readFile } from 'node:fs/promises';
import { DanubeError } from '@danube/plugin-api';
import { createPrivateFile } from './private-file.js';

/**
 * Reads what tells this instance from others, and makes it with `newId` at the first start.
 * @throws DanubeError `instance_id_unusable` (invalid) for a file that holds something else
 */
export async function readInstanceId(path: string, newId: () => string): Promise<string> {
  await createPrivateFile(path, `${newId()}\n`);
  const id = (await readFile(path, 'utf8')).trim();
  // it is a label value in Kubernetes
  if (/^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/.test(id)) return id;
  throw new DanubeError(
    'instance_id_unusable',
    `${path} holds no instance id: letters, digits, "-", "_" and ".", at most 63; restore it, or remove it while no job runs`,
    { category: 'invalid' },
  );
}
