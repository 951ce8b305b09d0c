/** Longest name in a log line, in bytes of UTF-8. */
export const MAX_SOURCE_NAME_BYTES = 80;

const unsafe = /[\p{Cc}\p{Cs}\u2028\u2029[\]]/gu;

/**
 * A step's name as it can stand between brackets: no control character, line end or bracket, at most
 * {@link MAX_SOURCE_NAME_BYTES} bytes and never empty. Applying it twice changes nothing.
 */
export function safeSourceName(name: string): string {
  let safe = '';
  let bytes = 0;
  for (const character of name.replace(unsafe, '_').trim()) {
    bytes += Buffer.byteLength(character);
    if (bytes > MAX_SOURCE_NAME_BYTES) break;
    safe += character;
  }
  return safe.trimEnd() || 'unnamed';
}
