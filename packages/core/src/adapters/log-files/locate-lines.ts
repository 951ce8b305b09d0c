import { open, type FileHandle } from 'node:fs/promises';
import type { LogRange } from '../../services/ports/log-store.js';
import { countLineFeeds } from './line-feeds.js';
import { lastReached, type LogExtent } from './log-index.js';
import type { LogPaths } from './log-paths.js';
import { readAt } from './open-files.js';

const LINE_FEED = 10;
const BLOCK_BYTES = 64 * 1024;

/** The byte range of lines `first` to `last`, from 1 and inclusive, clipped at the end. */
export async function locateLines(paths: LogPaths, extent: LogExtent, first: number, last: number): Promise<LogRange> {
  if (last < first || first > extent.lines) return { from: extent.size, to: extent.size };
  const index = await open(paths.index, 'r');
  const log = await open(paths.log, 'r');
  try {
    const from = await offsetAfterLine(index, log, extent, Math.max(first, 1) - 1);
    const to = last >= extent.lines ? extent.size : await offsetAfterLine(index, log, extent, last);
    return { from, to };
  } finally {
    await Promise.all([index.close(), log.close()]);
  }
}

/** The number, from 1, of the line that the byte at `offset` belongs to. */
export async function lineAtOffset(paths: LogPaths, extent: LogExtent, offset: number): Promise<number> {
  if (offset === 0) return 1;
  const index = await open(paths.index, 'r');
  const log = await open(paths.log, 'r');
  try {
    const before = await lastReached(index, extent.records, (end) => end.size <= offset);
    let lines = before.lines;
    for (let at = before.size; at < offset; at += BLOCK_BYTES) {
      lines += countLineFeeds(await readAt(log, at, Math.min(BLOCK_BYTES, offset - at)));
    }
    return lines + 1;
  } finally {
    await Promise.all([index.close(), log.close()]);
  }
}

/** Where the given line ends, for a line that is there; 0 for line 0. */
async function offsetAfterLine(index: FileHandle, log: FileHandle, extent: LogExtent, line: number): Promise<number> {
  const before = await lastReached(index, extent.records, (end) => end.lines <= line);
  let offset = before.size;
  let missing = line - before.lines;
  while (missing > 0) {
    const block = await readAt(log, offset, BLOCK_BYTES);
    if (block.length === 0) return offset;
    let taken = 0;
    while (missing > 0) {
      const end = block.indexOf(LINE_FEED, taken);
      if (end === -1) break;
      taken = end + 1;
      missing--;
    }
    offset += missing > 0 ? block.length : taken;
  }
  return offset;
}
