import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { OutputOffsets, ProcessEnd, ProcessEvent } from '../../../services/ports/job-runtime.js';
import { outputFile } from '../process-folder.js';
import { ChangeWatch, type Doubts } from './change-watch.js';
import { OutputReader } from './output-reader.js';

const streams = ['stdout', 'stderr'] as const;

export interface FollowedProcess {
  readonly folder: string;
  /** The supervisor, where this master started it. */
  readonly child: ChildProcess | undefined;
  /** How it ended, as far as these doubts ask for a look; undefined while it runs. */
  readonly findEnd: (doubts: Doubts) => Promise<ProcessEnd | undefined>;
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
  let end: ProcessEnd | undefined;
  try {
    while (!signal.aborted) {
      // asked before reading: all that stands before the end is in the files by then
      end ??= await findEnd(process, changes, readers);
      let flow = 'none' as 'none' | 'some' | 'full';
      for (const { stream, reader } of readers) {
        const chunk = await reader.read();
        if (signal.aborted) return;
        if (chunk === undefined) continue;
        flow = chunk.more || flow === 'full' ? 'full' : 'some';
        yield { kind: 'output', stream, offset: chunk.offset, bytes: chunk.bytes };
      }
      if (flow === 'none' && end !== undefined) {
        yield { kind: 'end', end };
        return;
      }
      if (end === undefined && flow === 'none') await changes.quiet();
      if (end === undefined && flow === 'some') await changes.flowing();
    }
  } finally {
    changes.close();
    await Promise.all(readers.map(({ reader }) => reader.close()));
  }
}

type Readers = readonly { readonly reader: OutputReader }[];

/** The end, once it is known; the output ends then at the size that the files have now. */
async function findEnd(
  process: FollowedProcess,
  changes: ChangeWatch,
  readers: Readers,
): Promise<ProcessEnd | undefined> {
  const end = await process.findEnd(changes.takeDoubts());
  if (end !== undefined) await Promise.all(readers.map(({ reader }) => reader.limitToSize()));
  return end;
}
