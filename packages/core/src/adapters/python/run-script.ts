import { spawn } from 'node:child_process';

export interface ScriptEnd {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
  /** Why it was killed from here. */
  readonly stopped: 'time' | 'size' | undefined;
}

export interface ScriptLimits {
  readonly timeoutMs: number;
  readonly maxOutputBytes: number;
}

const maxErrorBytes = 4 * 1024;

/**
 * Runs a script with an input. The process sees no environment, no site packages and none of our folders. Rejects where it
 * could not be started, and with the signal's reason.
 */
export function runScript(
  command: readonly [string, ...string[]],
  input: string,
  limits: ScriptLimits,
  signal: AbortSignal,
): Promise<ScriptEnd> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const [program, ...args] = command;
    const child = spawn(program, args, { cwd: '/', env: {} });
    const output: Buffer[] = [];
    let errors = '';
    let size = 0;
    let stopped: ScriptEnd['stopped'];
    const stop = (why: ScriptEnd['stopped']): void => {
      stopped ??= why;
      child.kill('SIGKILL');
    };
    const onAbort = (): void => stop(undefined);
    const timer = setTimeout(() => stop('time'), limits.timeoutMs);
    signal.addEventListener('abort', onAbort, { once: true });
    const settle = (end: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      end();
    };
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limits.maxOutputBytes) stop('size');
      else output.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString('utf8')).slice(-maxErrorBytes)));
    // it may end before it has read everything
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => settle(() => reject(error)));
    child.on('close', (code) => {
      if (signal.aborted) settle(() => reject(signal.reason as Error));
      else settle(() => resolve({ code, output: Buffer.concat(output).toString('utf8'), errors, stopped }));
    });
    child.stdin.end(input);
  });
}
