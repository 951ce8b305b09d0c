/** Longest piece of raw output that becomes one line, and most raw bytes in one batch. */
export const MAX_LINE_BYTES = 64 * 1024;

/** What is known about pending bytes: more may follow, they have waited long enough, or their source has ended. */
export type PendingState = 'open' | 'aged' | 'ended';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * How many of the pending bytes of a stream to take as the next batch, 0 for none yet: whole lines; of a line longer
 * than {@link MAX_LINE_BYTES} a piece of that size; when aged, what a progress bar has finished with a carriage return;
 * at the end, the rest. Where lines and pieces end depends on the bytes alone, never on how they arrived.
 */
export function cutBatch(pending: Buffer, state: PendingState): number {
  // One byte more than a line may have, so that a line of exactly the limit keeps its end.
  const lastLineFeed = pending.lastIndexOf(LINE_FEED, MAX_LINE_BYTES);
  if (lastLineFeed !== -1) return lastLineFeed + 1;
  if (pending.length > MAX_LINE_BYTES) return characterBoundary(pending, MAX_LINE_BYTES);
  if (state === 'ended') return pending.length;
  if (state === 'aged') return pending.lastIndexOf(CARRIAGE_RETURN) + 1;
  return 0;
}

/** The last position up to `limit` that does not split a UTF-8 character; `limit` itself where the bytes are not UTF-8. */
function characterBoundary(bytes: Buffer, limit: number): number {
  for (let position = limit; position > limit - 4; position--) {
    if (!isContinuation(bytes[position])) return position;
  }
  return limit;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
