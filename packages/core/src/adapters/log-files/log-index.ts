import { open, stat, type FileHandle } from 'node:fs/promises';
import { decodeRecord, RECORD_BYTES, type IndexRecord, type LogEnd } from './index-record.js';
import type { LogPaths } from './log-paths.js';
import { readAt } from './open-files.js';

/** What the first records of an index come to. */
export interface IndexPosition extends LogEnd {
  readonly records: number;
}

/** What of a log can be read: everything that its index and its bytes agree on. */
export interface LogExtent extends IndexPosition {
  /** True when nothing more will come. */
  readonly complete: boolean;
}

export const emptyExtent: LogExtent = { size: 0, lines: 0, records: 0, complete: false };

const SCAN_RECORDS = 8192;

/** Every record behind `start`, up to the first that is torn or does not follow from the one before. */
export async function* scanIndex(index: FileHandle, start: IndexPosition = emptyExtent): AsyncGenerator<IndexRecord> {
  let last: LogEnd = start;
  for (let position = start.records * RECORD_BYTES; ; position += SCAN_RECORDS * RECORD_BYTES) {
    const block = await readAt(index, position, SCAN_RECORDS * RECORD_BYTES);
    if (block.length === 0) return;
    for (let at = 0; at < block.length; at += RECORD_BYTES) {
      const record = decodeRecord(block.subarray(at, at + RECORD_BYTES));
      if (record === undefined || record.end.size < last.size || record.end.lines < last.lines) return;
      yield record;
      last = record.end;
    }
  }
}

export async function recordAt(index: FileHandle, number: number): Promise<IndexRecord | undefined> {
  return decodeRecord(await readAt(index, number * RECORD_BYTES, RECORD_BYTES));
}

/** The position behind the last of the first `records` records whose end is reached: binary search. */
export async function lastReached(
  index: FileHandle,
  records: number,
  reached: (end: LogEnd) => boolean,
): Promise<IndexPosition> {
  let best: IndexPosition = { size: 0, lines: 0, records: 0 };
  let low = 0;
  let high = records - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const record = await recordAt(index, middle);
    if (record !== undefined && reached(record.end)) {
      best = { ...record.end, records: middle + 1 };
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return best;
}

/** The extent of a log that nobody writes; undefined when there is none. */
export async function readExtent(paths: LogPaths): Promise<LogExtent | undefined> {
  const index = await openIfPresent(paths.index);
  if (index === undefined) return undefined;
  try {
    const logSize = (await stat(paths.log)).size;
    let records = Math.floor((await index.stat()).size / RECORD_BYTES);
    for (; records > 0; records--) {
      const record = await recordAt(index, records - 1);
      if (record !== undefined && record.end.size <= logSize) {
        return { ...record.end, records, complete: record.batch === undefined };
      }
    }
    return emptyExtent;
  } finally {
    await index.close();
  }
}

async function openIfPresent(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
