import { randomBytes } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processFolder } from '../step-supervisor/process-folder.js';

/** Where the parts of one job stand under the data directory. */
export class JobFolder {
  readonly path: string;

  constructor(dataDir: string, jobId: string) {
    this.path = join(dataDir, 'jobs', jobId);
  }

  get workspace(): string {
    return join(this.path, 'workspace');
  }

  get connectionFile(): string {
    return join(this.path, 'connection.json');
  }

  /** Variables that all processes of the job share. */
  get environmentFile(): string {
    return join(this.path, 'env');
  }

  /** One file per container that a step was given; it holds the engine's name. */
  get containers(): string {
    return join(this.path, 'containers');
  }

  get processes(): string {
    return join(this.path, 'processes');
  }

  process(sequence: number): string {
    return processFolder(this.path, sequence);
  }

  /** A path beside the workspace that nothing else uses. */
  unusedPath(purpose: string): string {
    return join(this.path, `${purpose}.${uniqueSuffix()}`);
  }
}

export function uniqueSuffix(): string {
  return randomBytes(6).toString('hex');
}

/** Readers see the old content or the new, never a part; only the owner may read it. */
export async function replaceFile(path: string, content: string): Promise<void> {
  const temporary = `${path}.${uniqueSuffix()}`;
  await writeFile(temporary, content, { mode: 0o600, flag: 'wx' });
  await rename(temporary, path);
}
