import type { JobRuntime, ProcessEnd, ProcessRef } from '../ports/job-runtime.js';
import type { JobLogWriter } from '../ports/log-store.js';

/**
 * Takes a process's output into the job's log, from where the log has it already until the process has ended.
 * Aborting the signal rejects and leaves both as they are: calling it again goes on at the same byte.
 */
export async function followOutput(
  runtime: JobRuntime,
  log: JobLogWriter,
  process: ProcessRef,
  name: string,
  signal: AbortSignal,
): Promise<ProcessEnd> {
  const source = { sequence: process.sequence, name };
  for await (const event of runtime.follow(process, log.position(source), signal)) {
    if (event.kind === 'end') {
      await log.finishSource(source);
      return event.end;
    }
    await log.append(source, event.stream, event.offset, event.bytes);
  }
  signal.throwIfAborted();
  return { kind: 'lost', reason: 'its output ended without an exit record' };
}
