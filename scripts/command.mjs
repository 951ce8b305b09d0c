import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** An expected failure: its message is all that a person needs, no stack. */
export class Failure extends Error {}

/**
 * Runs a command and answers what it printed; `show` also prints it as it comes.
 * @returns {Promise<{ code: number, output: string }>} code is 127 where there is no such command
 */
export function runCommand(command, args, { cwd = root, env = process.env, show = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = [];
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      from.on('data', (chunk) => {
        chunks.push(chunk);
        if (show) to.write(chunk);
      });
    }
    const finish = (code) => resolve({ code, output: Buffer.concat(chunks).toString() });
    child.on('error', (error) => {
      chunks.push(Buffer.from(error.message));
      finish(127);
    });
    child.on('close', (code) => finish(code ?? 1));
  });
}

/** Runs a script's `main` where the file itself was started, and turns a {@link Failure} into one line. */
export async function runAsScript(metaUrl, main) {
  if (process.argv[1] === undefined || fileURLToPath(metaUrl) !== process.argv[1]) return;
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${error instanceof Failure ? `error: ${error.message}` : error.stack}\n`);
    process.exitCode = 1;
  }
}

export function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
