import { open } from 'node:fs/promises';
import type { LogViewEvent } from '../../services/ports/log-store.js';
import { countLineFeeds } from './line-feeds.js';
import type { LiveLog, LogChunk } from './live-log.js';
import { lineAtOffset } from './locate-lines.js';
import { emptyExtent, readExtent, type LogExtent } from './log-index.js';
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
  /** Of the byte at `offset`, where it has been counted. */
  let line: number | undefined;
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
      line = undefined;
    } else {
      const recent = live.recentFrom(offset);
      const chunk = recent ?? (await readChunk(paths, { offset, line }, extent));
      if (chunk === undefined) return yield* end();
      const bytes = toLineEnd(chunk.bytes);
      yield { kind: 'text', offset, line: chunk.line, bytes };
      offset += bytes.length;
      // what is in memory knows its lines: two hundred viewers need not count them
      line = recent === undefined ? chunk.line + countLineFeeds(bytes) : undefined;
    }
  }
}

function* end(): Generator<LogViewEvent, void> {
  yield { kind: 'end' };
}

/** Undefined when the log has been removed. */
async function readChunk(
  paths: LogPaths,
  { offset, line }: { readonly offset: number; readonly line: number | undefined },
  extent: LogExtent,
): Promise<LogChunk | undefined> {
  try {
    const file = await open(paths.log, 'r');
    try {
      const bytes = await readAt(file, offset, Math.min(BLOCK_BYTES, extent.size - offset));
      return { offset, line: line ?? (await lineAtOffset(paths, extent, offset)), bytes };
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
