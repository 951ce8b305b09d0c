import type { LogViewEvent } from '../../../services/ports/log-store.js';
import { frame } from '../sse/frame.js';
import { largestPiece, splitLogText } from './split-log-text.js';

export type LogText = Extract<LogViewEvent, { kind: 'text' }>;

const mostKept = 16;

/**
 * Makes `log` events of log text. The last ones are kept: viewers that keep up all want the same ones, and a log never
 * changes what it has shown, so job, offset and length say it all. Two hundred viewers cost one encoding.
 */
export class LogFrames {
  readonly #kept = new Map<string, readonly Buffer[]>();

  /** Events for text that stands somewhere in the log. Invalid bytes become U+FFFD; offsets count the real bytes. */
  encode(jobId: string, { offset, line, bytes }: LogText): readonly Buffer[] {
    const key = `${jobId} ${offset} ${bytes.length}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const frames = logFrames(offset, line, bytes);
    this.#kept.set(key, frames);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    return frames;
  }
}

function logFrames(offset: number, line: number, bytes: Buffer): readonly Buffer[] {
  let position = offset;
  let number = line;
  return splitLogText(bytes, largestPiece).map((piece) => {
    const text = piece.toString('utf8');
    const data = JSON.stringify({ offset: position, line: number, text });
    position += piece.length;
    number += text.split('\n').length - 1;
    return frame({ event: 'log', id: String(position), data });
  });
}
