import { frame } from '../sse/frame.js';
import { largestPiece, splitLogText } from './split-log-text.js';

const mostKept = 16;

/**
 * Makes `log` events of log text. The last ones are kept: viewers that keep up all want the same ones, and a log never
 * changes what it has shown, so job, offset and length say it all. Two hundred viewers cost one encoding.
 */
export class LogFrames {
  readonly #kept = new Map<string, readonly Buffer[]>();

  /** Events for text that stands at `offset`. Invalid bytes become U+FFFD; offsets count the real bytes. */
  encode(jobId: string, offset: number, bytes: Buffer): readonly Buffer[] {
    const key = `${jobId} ${offset} ${bytes.length}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const frames = logFrames(offset, bytes);
    this.#kept.set(key, frames);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    return frames;
  }
}

function logFrames(offset: number, bytes: Buffer): readonly Buffer[] {
  let position = offset;
  return splitLogText(bytes, largestPiece).map((piece) => {
    const data = JSON.stringify({ offset: position, text: piece.toString('utf8') });
    position += piece.length;
    return frame({ event: 'log', id: String(position), data });
  });
}
