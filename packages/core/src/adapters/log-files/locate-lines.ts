import { open, type FileHandle } from 'node:fs/promises';
import type { LogRange } from '../../services/ports/log-store.js';
import type { LogEnd } from './index-record.js';
import { recordAt, type LogExtent } from './log-index.js';
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

/** Where the given line ends, for a line that is there; 0 for line 0. */
async function offsetAfterLine(index: FileHandle, log: FileHandle, extent: LogExtent, line: number): Promise<number> {
  const before = await endBefore(index, extent.records, line);
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

/** The end of the last record that has at most `lines` lines before it: binary search. */
async function endBefore(index: FileHandle, records: number, lines: number): Promise<LogEnd> {
  let best: LogEnd = { size: 0, lines: 0 };
  let low = 0;
  let high = records - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const record = await recordAt(index, middle);
    if (record !== undefined && record.end.lines <= lines) {
      best = record.end;
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return best;
}
