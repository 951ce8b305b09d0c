import type { ClusterApi } from './cluster-api.js';
import type { ExecEnd } from './exec-end.js';
import type { ExecStream } from './exec-stream.js';

export interface ScriptRequest {
  readonly pod: string;
  readonly container: string;
  /** Fed to `sh` on its standard input, so that it may hold secrets. Begins only when all of it has arrived. */
  readonly script: string;
}

export interface ScriptResult {
  readonly end: ExecEnd;
  /** At most 64 KiB, from the beginning. */
  readonly stdout: string;
  /** At most 64 KiB, from the beginning. */
  readonly stderr: string;
}

const outputLimit = 64 * 1024;

/**
 * Runs a short shell script in a container. A script whose end is `lost` may have run or not.
 * @throws DanubeError as {@link ClusterApi.exec}
 */
export async function runInPod(
  api: Pick<ClusterApi, 'exec'>,
  { pod, container, script }: ScriptRequest,
  signal: AbortSignal,
): Promise<ScriptResult> {
  const stream = await api.exec({ pod, container, command: ['/bin/sh', '-s'], stdin: true }, signal);
  // a shell reads a compound command to its end before it begins: a cut connection leaves no half of it behind;
  // and the script exits, because v4 cannot end the standard input
  const writing = stream.write(`{\n${script}\nexit\n}\n`).then(
    () => stream.closeInput(),
    () => undefined, // the end says why
  );
  const [output] = await Promise.all([collect(stream), writing]);
  return { end: await stream.end, ...output };
}

async function collect(stream: ExecStream): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const kept = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  const sizes = { stdout: 0, stderr: 0 };
  for await (const { stream: name, bytes } of stream.output) {
    const part = bytes.subarray(0, outputLimit - sizes[name]);
    sizes[name] += part.length;
    if (part.length > 0) kept[name].push(part);
  }
  return { stdout: Buffer.concat(kept.stdout).toString(), stderr: Buffer.concat(kept.stderr).toString() };
}
