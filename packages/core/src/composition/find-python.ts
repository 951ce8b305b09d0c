import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { DanubeError } from '@danube/plugin-api';

const script = 'import sys; print(sys.executable); print("%d.%d" % sys.version_info[:2])';

/**
 * The interpreter that runs pipelines: `DANUBE_PYTHON`, or `python3` on PATH, by its full path so that a change of PATH in
 * a pipeline does not change it.
 * @throws DanubeError `python_missing` (unavailable)
 */
export async function findPython(env: NodeJS.ProcessEnv): Promise<string> {
  const wanted = env['DANUBE_PYTHON'] ?? 'python3';
  try {
    const { stdout } = await promisify(execFile)(wanted, ['-I', '-c', script], { timeout: 20_000 });
    const [path = wanted, version = '0.0'] = stdout.trim().split('\n');
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major > 3 || (major === 3 && minor >= 9)) return path;
    throw new Error(`it is Python ${version}`);
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new DanubeError(
      'python_missing',
      `pipelines need Python 3.9 or newer, and "${wanted}" cannot run them: ${why}; install python3 or set DANUBE_PYTHON`,
      { category: 'unavailable', cause: error },
    );
  }
}
