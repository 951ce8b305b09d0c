/** The largest piece of log text in one event, in bytes. */
export const largestPiece = 64 * 1024;

const newline = 0x0a;

/**
 * Cuts log text into pieces of at most `limit` bytes, at line ends where there are any, and never inside a character.
 * Bytes that are no UTF-8 are cut anywhere.
 */
export function splitLogText(bytes: Buffer, limit: number): readonly Buffer[] {
  const pieces: Buffer[] = [];
  let start = 0;
  while (bytes.length - start > limit) {
    const end = cutBefore(bytes, start, start + limit);
    pieces.push(bytes.subarray(start, end));
    start = end;
  }
  pieces.push(bytes.subarray(start));
  return pieces;
}

function cutBefore(bytes: Buffer, start: number, most: number): number {
  const lineEnd = bytes.subarray(start, most).lastIndexOf(newline);
  if (lineEnd !== -1) return start + lineEnd + 1;
  // a character has at most three bytes after its first
  for (let end = most; end > most - 4 && end > start; end -= 1) {
    if (!isContinuation(bytes[end])) return end;
  }
  return most;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0b1100_0000) === 0b1000_0000;
}
