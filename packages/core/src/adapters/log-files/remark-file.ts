import type { FileHandle } from 'node:fs/promises';
import { cutBatch, MAX_LINE_BYTES } from '../../domain/log/cut-batch.js';
import type { LogBatch } from '../../domain/log/log-batch.js';
import { readAt } from './open-files.js';
import type { PatientWriter } from './patient-writer.js';

/** A remark's raw text and where it stands in the file. */
export interface StoredRemark {
  readonly from: number;
  readonly raw: Buffer;
}

/**
 * Raw text of the master's remarks, one behind the other, each after its key and a line end. The index tells where the
 * texts stand; what lies between two of them is the key of the second.
 */
export class RemarkFile {
  constructor(
    private readonly file: FileHandle,
    private readonly disk: PatientWriter,
    private end: number,
  ) {}

  /** Adds a remark; one at a time. A text longer than a line may be is cut off there. */
  async add(key: string, text: string): Promise<StoredRemark> {
    const whole = Buffer.from(text.endsWith('\n') ? text : `${text}\n`);
    const raw = whole.length > MAX_LINE_BYTES ? whole.subarray(0, cutBatch(whole, 'ended')) : whole;
    const head = Buffer.from(`${key}\n`);
    await this.disk.write(this.file, [head, raw], this.end);
    const from = this.end + head.length;
    this.end = from + raw.length;
    return { from, raw };
  }
}

/** The key of the remark that a batch holds, where the one before ended at `previousEnd`. */
export async function readRemarkKey(file: FileHandle, previousEnd: number, batch: LogBatch): Promise<string> {
  const head = await readAt(file, previousEnd, batch.from - previousEnd);
  return head.toString().replace(/\n$/, '');
}
