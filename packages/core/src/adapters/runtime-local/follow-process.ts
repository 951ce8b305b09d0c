import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { OutputOffsets, ProcessEnd, ProcessEvent } from '../../services/ports/job-runtime.js';
import { outputFile } from '../step-supervisor/process-folder.js';
import { ChangeWatch } from './change-watch.js';
import { OutputReader } from './output-reader.js';
import { explainLoss, readExit } from './process-state.js';

const streams = ['stdout', 'stderr'] as const;

export interface FollowedProcess {
  readonly jobId: string;
  readonly folder: string;
  /** The supervisor, where this master started it. */
  readonly child: ChildProcess | undefined;
}

/** The output of one process from the offsets on as it grows, then its end. */
export async function* followProcess(
  process: FollowedProcess,
  from: OutputOffsets,
  signal: AbortSignal,
): AsyncGenerator<ProcessEvent, void> {
  const changes = new ChangeWatch(process.folder, process.child, signal);
  const readers = streams.map((stream) => ({
    stream,
    reader: new OutputReader(join(process.folder, outputFile(stream)), from[stream]),
  }));
  try {
    while (!signal.aborted) {
      // asked before reading: all that stands before the end is in the files by then
      const end = await findEnd(process, changes);
      if (end !== undefined) await Promise.all(readers.map(({ reader }) => reader.limitToSize()));
      for (let found = true; found;) {
        found = false;
        for (const { stream, reader } of readers) {
          const chunk = await reader.read();
          if (signal.aborted) return;
          if (chunk === undefined) continue;
          found = true;
          yield { kind: 'output', stream, ...chunk };
        }
      }
      if (end !== undefined) {
        yield { kind: 'end', end };
        return;
      }
      await changes.next();
    }
  } finally {
    changes.close();
    await Promise.all(readers.map(({ reader }) => reader.close()));
  }
}

async function findEnd({ folder, jobId }: FollowedProcess, changes: ChangeWatch): Promise<ProcessEnd | undefined> {
  const exit = await readExit(folder);
  if (exit !== undefined || !changes.takeSuspicion()) return exit;
  const reason = await explainLoss(folder, jobId);
  if (reason === undefined) return undefined;
  // the record may have been written between the two questions
  return (await readExit(folder)) ?? { kind: 'lost', reason };
}
