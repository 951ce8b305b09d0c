import { open } from 'node:fs/promises';
import type { LogViewEvent } from '../../services/ports/log-store.js';
import { emptyExtent, readExtent, type LogExtent } from './log-index.js';
import type { LiveLog } from './live-log.js';
import type { LogPaths } from './log-paths.js';
import { readAt } from './open-files.js';

const LINE_FEED = 10;
/** More than the longest line, so that each block holds a line end. */
const BLOCK_BYTES = 128 * 1024;

export interface FollowOptions {
  readonly from: number;
  /** How far behind a viewer that had caught up may fall while the log grows. */
  readonly maxLagBytes: number;
  readonly signal: AbortSignal;
}

/** The log from an offset on, at the pace of its reader, until it is complete. */
export async function* followLog(
  paths: LogPaths,
  live: LiveLog,
  { from, maxLagBytes, signal }: FollowOptions,
): AsyncGenerator<LogViewEvent> {
  let offset = from;
  let caughtUp = false;
  let extent = emptyExtent;
  while (!signal.aborted) {
    const version = live.version;
    if (live.extent !== undefined) extent = live.extent;
    else if (offset >= extent.size) extent = (await readExtent(paths)) ?? emptyExtent;
    if (offset >= extent.size) {
      if (extent.complete || live.removed) return yield* end();
      caughtUp ||= live.writing;
      await live.changedSince(version, signal);
    } else if (caughtUp && live.writing && extent.size - offset > maxLagBytes) {
      // Half the limit behind the end, so that it does not fall behind again at once.
      const target = live.recentLineStart(extent.size - maxLagBytes / 2);
      yield { kind: 'skipped', offset, bytes: target - offset };
      offset = target;
    } else {
      const bytes = live.recentFrom(offset) ?? (await readBlock(paths.log, offset, extent));
      if (bytes === undefined) return yield* end();
      const text = toLineEnd(bytes);
      yield { kind: 'text', offset, bytes: text };
      offset += text.length;
    }
  }
}

function* end(): Generator<LogViewEvent, void> {
  yield { kind: 'end' };
}

/** Undefined when the log has been removed. */
async function readBlock(path: string, offset: number, extent: LogExtent): Promise<Buffer | undefined> {
  try {
    const file = await open(path, 'r');
    try {
      return await readAt(file, offset, Math.min(BLOCK_BYTES, extent.size - offset));
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** At most a block, and whole lines of it. */
function toLineEnd(bytes: Buffer): Buffer {
  return bytes.length <= BLOCK_BYTES && bytes.at(-1) === LINE_FEED
    ? bytes
    : bytes.subarray(0, bytes.lastIndexOf(LINE_FEED, BLOCK_BYTES - 1) + 1);
}
