import { expect } from 'vitest';
import type { JobRuntime, OutputOffsets, ProcessEnd, ProcessRef } from '@danube/core/services/ports/job-runtime.js';

export interface CollectedProcess {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly end: ProcessEnd | undefined;
}

/** Follows a process to its end, and holds every chunk against the offset that it claims to have. */
export async function collectProcess(
  runtime: JobRuntime,
  process: ProcessRef,
  from: OutputOffsets = { stdout: 0, stderr: 0 },
  signal = new AbortController().signal,
): Promise<CollectedProcess> {
  const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  const next = { ...from };
  let end: ProcessEnd | undefined;
  for await (const event of runtime.follow(process, from, signal)) {
    expect(end).toBeUndefined();
    if (event.kind === 'end') end = event.end;
    else {
      expect(event.offset).toBe(next[event.stream]);
      next[event.stream] += event.bytes.length;
      chunks[event.stream].push(event.bytes);
    }
  }
  return { stdout: Buffer.concat(chunks.stdout), stderr: Buffer.concat(chunks.stderr), end };
}

/** Follows until the output so far satisfies `enough`, and leaves the process alone. */
export async function awaitOutput(
  runtime: JobRuntime,
  process: ProcessRef,
  enough: (stdout: string) => boolean,
): Promise<string> {
  const controller = new AbortController();
  let stdout = '';
  for await (const event of runtime.follow(process, { stdout: 0, stderr: 0 }, controller.signal)) {
    if (event.kind === 'end') throw new Error(`ended early, after ${JSON.stringify(stdout)}`);
    if (event.stream === 'stdout') stdout += event.bytes.toString();
    if (enough(stdout)) controller.abort();
  }
  return stdout;
}
