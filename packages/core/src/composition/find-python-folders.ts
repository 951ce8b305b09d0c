import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const script = 'import sys; print(sys.prefix); print(sys.base_prefix)';

/** The folders that an interpreter reads its own files from: of its environment, and of what that is based on. */
export async function findPythonFolders(python: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)(python, ['-I', '-c', script], { timeout: 20_000 });
  return [...new Set(stdout.trim().split('\n'))];
}
