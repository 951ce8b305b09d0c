import { replaceMatches, type Match, type Scan, type SecretMatcher } from '../masking/secret-matcher.js';
import { cutBatch, MAX_LINE_BYTES, type PendingState } from './cut-batch.js';

export interface MaskedBatch {
  /** How many of the pending bytes it takes; 0 for none yet. */
  readonly length: number;
  /** These bytes with every secret replaced. */
  readonly bytes: Buffer;
}

const LINE_FEED = 10;
const nothing: MaskedBatch = { length: 0, bytes: Buffer.alloc(0) };

/**
 * The next batch of a stream: as {@link cutBatch} has it, but never ending within a secret, or within what could still
 * become one. So each batch can be masked by itself, and comes out the same when its raw bytes are read again.
 */
export function cutMaskedBatch(pending: Buffer, state: PendingState, matcher: SecretMatcher): MaskedBatch {
  const wanted = cutBatch(pending, state);
  if (wanted === 0) return nothing;
  const whole = state === 'ended';
  let scan = settled(matcher.scan(pending, wanted), pending, whole);
  let length = safeEnd(pending, wanted, scan);
  if (length === 0 && (whole || pending.length > MAX_LINE_BYTES)) {
    scan = settled(matcher.scan(pending), pending, whole);
    length = pending.length > MAX_LINE_BYTES ? safeEndWithinLine(wanted, scan) : safeEndAfter(pending, wanted, scan);
  }
  const within = scan.matches.filter(({ end }) => end <= length);
  return { length, bytes: replaceMatches(pending.subarray(0, length), within) };
}

/** At the end of a stream nothing can become a match any more. */
function settled(scan: Scan, pending: Buffer, whole: boolean): Scan {
  return whole ? { ...scan, open: pending.length } : scan;
}

function safeEnd(pending: Buffer, wanted: number, scan: Scan): number {
  let end = wanted;
  for (let obstacle = obstacleAt(end, scan); obstacle !== undefined; obstacle = obstacleAt(end, scan)) {
    end = obstacle.start === 0 ? 0 : pending.lastIndexOf(LINE_FEED, obstacle.start - 1) + 1;
  }
  return end;
}

/** At the end of a stream: with the line in which what stands in the way ends. */
function safeEndAfter(pending: Buffer, wanted: number, scan: Scan): number {
  let end = wanted;
  for (let obstacle = obstacleAt(end, scan); obstacle !== undefined; obstacle = obstacleAt(end, scan)) {
    end = pending.indexOf(LINE_FEED, obstacle.end) + 1 || pending.length;
  }
  return end;
}

/** Of a line that is cut into pieces anyway: before what stands in the way, else after it. */
function safeEndWithinLine(wanted: number, scan: Scan): number {
  let end = wanted;
  for (let obstacle = obstacleAt(end, scan); obstacle !== undefined; obstacle = obstacleAt(end, scan)) {
    if (obstacle.start === 0) return obstacle.end <= scan.open ? obstacle.end : 0;
    end = obstacle.start;
  }
  return end;
}

/** What an end at this position would cut in two; what could still become a match has the end 0. */
function obstacleAt(position: number, { matches, open }: Scan): Match | undefined {
  return (
    matches.find(({ start, end }) => start < position && position < end) ??
    (open < position ? { start: open, end: 0 } : undefined)
  );
}
