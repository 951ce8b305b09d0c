import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/** Processes of this machine that show the text in their command line or environment, as `pid: command line`. */
export function processesShowing(text: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const [cmdline, environ] = ['cmdline', 'environ'].map((file) => readOrNothing(`/proc/${pid}/${file}`));
      return `${cmdline}\0${environ}`.includes(text) ? [`${pid}: ${cmdline}`] : [];
    });
}

/** Files below a folder that hold the text. */
export function filesHolding(text: string, folder: string): readonly string[] {
  const { stdout } = spawnSync('grep', ['-rlaF', '-e', text, folder], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line !== '');
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return ''; // of another user, or gone meanwhile
  }
}
