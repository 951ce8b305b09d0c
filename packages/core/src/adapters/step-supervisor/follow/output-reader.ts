import { open, type FileHandle } from 'node:fs/promises';
import { isFileMissing } from '../file-errors.js';

const smallBytes = 64 * 1024;
const largeBytes = 1024 * 1024;

export interface OutputChunk {
  readonly offset: number;
  readonly bytes: Buffer;
  /** Whether there are likely more bytes at once. */
  readonly more: boolean;
}

/** Reads one growing output file from an offset on. */
export class OutputReader {
  #file: FileHandle | undefined;
  #buffer: Buffer | undefined;
  #limit = Infinity;

  constructor(
    private readonly path: string,
    private offset: number,
  ) {}

  /** The bytes that follow; undefined when there are none now. */
  async read(): Promise<OutputChunk | undefined> {
    const file = await this.#open();
    if (file === undefined) return undefined;
    this.#buffer ??= Buffer.allocUnsafeSlow(smallBytes);
    const length = Math.min(this.#buffer.length, this.#limit - this.offset);
    if (length <= 0) return undefined;
    const { bytesRead } = await file.read(this.#buffer, 0, length, this.offset);
    if (bytesRead === 0) return undefined;
    const offset = this.offset;
    this.offset += bytesRead;
    const more = bytesRead === this.#buffer.length;
    return { offset, bytes: this.#take(this.#buffer, bytesRead), more };
  }

  /** The next `length` bytes in one piece; fewer at the end of the file. */
  async readUpTo(length: number): Promise<Buffer> {
    const file = await this.#open();
    if (file === undefined) return Buffer.alloc(0);
    const buffer = Buffer.allocUnsafeSlow(Math.min(length, Math.max((await file.stat()).size - this.offset, 0)));
    let filled = 0;
    for (let more = buffer.length > 0; more;) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, this.offset + filled);
      filled += bytesRead;
      more = bytesRead > 0 && filled < buffer.length;
    }
    return buffer.subarray(0, filled);
  }

  /** Takes the file's present size as its end, whatever a daemon may still add. */
  async limitToSize(): Promise<void> {
    const file = await this.#open();
    this.#limit = file === undefined ? 0 : (await file.stat()).size;
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }

  /** A full buffer is handed over as it is, and a large one follows it; little is copied out, and the buffer stays. */
  #take(buffer: Buffer, bytes: number): Buffer {
    if (bytes < buffer.length) return Buffer.from(buffer.subarray(0, bytes));
    this.#buffer = Buffer.allocUnsafeSlow(largeBytes);
    return buffer;
  }

  async #open(): Promise<FileHandle | undefined> {
    try {
      this.#file ??= await open(this.path, 'r');
    } catch (error) {
      if (!isFileMissing(error)) throw error;
    }
    return this.#file;
  }
}
