import type { LogBatch } from './log-batch.js';

const LINE_FEED = 10;

export interface RenderedBatch {
  /** Whole lines, the last one ended too. */
  readonly bytes: Buffer;
  readonly lines: number;
}

/**
 * The log lines of a batch: each line of `raw` behind `[time] [name] [stream] `, its bytes unchanged, and a line end
 * where the last one lacks it. Pure: recovery after a crash renders the same bytes again.
 */
export function renderBatch(batch: LogBatch, raw: Buffer): RenderedBatch {
  if (raw.length === 0) return { bytes: raw, lines: 0 };
  const head = lineHead(batch);
  const ends = findLineEnds(raw);
  const gap = ends.length * head.length;
  const missingEnd = raw.at(-1) === LINE_FEED ? 0 : 1;

  // The raw bytes stand at the end of the output and its lines move forward one by one: that needs no view per line,
  // which would cost more than the copying. A line never overtakes what is still to be moved.
  const output = Buffer.allocUnsafeSlow(gap + raw.length + missingEnd);
  raw.copy(output, gap);
  head.copy(output);
  let written = 0;
  let start = 0;
  for (const end of ends) {
    if (start > 0) output.copyWithin(written, 0, head.length);
    written += head.length;
    output.copyWithin(written, gap + start, gap + end);
    written += end - start;
    start = end;
  }
  if (missingEnd > 0) output[written] = LINE_FEED;
  return { bytes: output, lines: ends.length };
}

/** Positions after each line, the last one included when it has no end. */
function findLineEnds(raw: Buffer): number[] {
  const ends: number[] = [];
  for (let at = raw.indexOf(LINE_FEED); at !== -1; at = raw.indexOf(LINE_FEED, at + 1)) ends.push(at + 1);
  if (ends.at(-1) !== raw.length) ends.push(raw.length);
  return ends;
}

function lineHead(batch: LogBatch): Buffer {
  return Buffer.from(`[${new Date(batch.timestamp).toISOString()}] [${batch.name}] [${batch.stream}] `);
}
