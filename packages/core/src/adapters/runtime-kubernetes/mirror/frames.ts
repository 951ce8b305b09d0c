import type { OutputStream } from '../../../services/ports/job-runtime.js';

/** What the follow program in the pod says: see its description in the SDK. */
export type Frame =
  | {
      readonly kind: 'output';
      readonly sequence: number;
      readonly stream: OutputStream;
      readonly offset: number;
      readonly bytes: Buffer;
    }
  | { readonly kind: 'exit'; readonly sequence: number; readonly record: string }
  /** Its supervisor ended without an exit record. */
  | { readonly kind: 'gone'; readonly sequence: number }
  | { readonly kind: 'beat' };

const headerBytes = 17;
const maxContentBytes = 1024 * 1024;

/** Takes a stream of bytes apart into frames, however it was cut into pieces. */
export class FrameReader {
  #pieces: Buffer[] = [];
  #bytes = 0;

  /** @throws Error when the bytes are no frames: something else answered. */
  *push(bytes: Buffer): Iterable<Frame> {
    this.#pieces.push(bytes);
    this.#bytes += bytes.length;
    while (this.#bytes >= headerBytes) {
      const content = this.#peek(headerBytes).readUInt32BE(13);
      if (content > maxContentBytes) throw new Error('the follow program said something that is no frame');
      if (this.#bytes < headerBytes + content) return;
      yield readFrame(this.#take(headerBytes + content));
    }
  }

  #peek(length: number): Buffer {
    const [first] = this.#pieces;
    if (first === undefined || first.length < length) this.#pieces = [Buffer.concat(this.#pieces)];
    return this.#pieces[0] as Buffer;
  }

  #take(length: number): Buffer {
    const all = this.#peek(length);
    this.#pieces[0] = all.subarray(length);
    this.#bytes -= length;
    return all.subarray(0, length);
  }
}

function readFrame(frame: Buffer): Frame {
  const sequence = frame.readUInt32BE(1);
  const bytes = frame.subarray(headerBytes);
  const kind = frame.readUInt8(0);
  switch (kind) {
    case 1:
    case 2: {
      const stream = kind === 1 ? 'stdout' : 'stderr';
      return { kind: 'output', sequence, stream, offset: Number(frame.readBigUInt64BE(5)), bytes };
    }
    case 3:
      return { kind: 'exit', sequence, record: bytes.toString('latin1') };
    case 4:
      return { kind: 'gone', sequence };
    case 5:
      return { kind: 'beat' };
    default:
      throw new Error(`the follow program sent a frame of the unknown kind ${kind}`);
  }
}
