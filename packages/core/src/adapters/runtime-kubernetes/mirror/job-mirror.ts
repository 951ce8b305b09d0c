import { EventEmitter, once } from 'node:events';
import { constants } from 'node:fs';
import { mkdir, open, readdir, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutputStream, ProcessEnd } from '../../../services/ports/job-runtime.js';
import { isFileMissing, readIfPresent } from '../../step-supervisor/file-errors.js';
import { outputFile, processFiles, processFolder } from '../../step-supervisor/process-folder.js';
import { parseExitRecord } from '../../step-supervisor/records.js';
import { replaceFile } from '../../step-supervisor/replace-file.js';
import type { Frame } from './frames.js';

/** Why a process will never have an exit record. */
const lostFile = 'lost';
const startedFile = 'started';

const streams = ['stdout', 'stderr'] as const;

/** What the follow program needs to know to go on where this mirror stands. */
export interface MirroredPositions {
  /** By sequence: how many bytes of stdout and stderr are here. */
  readonly have: Readonly<Record<string, readonly [number, number]>>;
  readonly ended: readonly number[];
}

/**
 * What is here of the process folders in a job's pod, on the master's own disk and in the same files. Taking a frame twice
 * does nothing more, so that a stream that was cut goes on from {@link positions}.
 */
export class JobMirror {
  readonly #files = new Map<string, FileHandle>();
  readonly #ends = new EventEmitter().setMaxListeners(0);

  constructor(readonly folder: string) {}

  async create(): Promise<void> {
    await mkdir(join(this.folder, 'processes'), { recursive: true, mode: 0o700 });
  }

  process(sequence: number): string {
    return processFolder(this.folder, sequence);
  }

  /** The coordinator has run in the pod: from now on the job is lost with its pod, and never started anew. */
  async markStarted(): Promise<void> {
    await this.expect(0);
    await writeFile(join(this.folder, startedFile), '');
  }

  async wasStarted(): Promise<boolean> {
    return isThere(join(this.folder, startedFile));
  }

  /** Makes the place of a process that is about to start: from now on it is waited for. */
  async expect(sequence: number): Promise<void> {
    await mkdir(this.process(sequence), { recursive: true, mode: 0o700 });
  }

  async positions(): Promise<MirroredPositions> {
    const have: Record<string, readonly [number, number]> = {};
    const ended: number[] = [];
    for (const sequence of await this.#sequences()) {
      if ((await this.findEnd(sequence)) !== undefined) ended.push(sequence);
      else have[String(sequence)] = [await this.#size(sequence, 'stdout'), await this.#size(sequence, 'stderr')];
    }
    return { have, ended };
  }

  /** The processes that have begun here and whose end is not known. */
  async unended(): Promise<readonly number[]> {
    return Object.keys((await this.positions()).have).map(Number);
  }

  async take(frame: Extract<Frame, { kind: 'output' | 'exit' }>): Promise<void> {
    if (frame.kind === 'output') await this.#write(frame.sequence, frame.stream, frame.offset, frame.bytes);
    else await this.#end(frame.sequence, processFiles.exit, frame.record);
  }

  /** Nothing more will come of it; an exit record that is here already stands. */
  async lose(sequence: number, reason: string): Promise<void> {
    if ((await this.findEnd(sequence)) === undefined) await this.#end(sequence, lostFile, reason);
  }

  /** How the process ended, as far as it is known here. */
  async findEnd(sequence: number): Promise<ProcessEnd | undefined> {
    const folder = this.process(sequence);
    const record = await readIfPresent(join(folder, processFiles.exit));
    const exit = record === undefined ? undefined : parseExitRecord(record);
    if (exit !== undefined) return exit;
    const reason = await readIfPresent(join(folder, lostFile));
    if (reason !== undefined) return { kind: 'lost', reason };
    // a crash may have left a part of what was being removed
    if (!(await this.wasStarted())) return { kind: 'lost', reason: 'nothing of it is here: it was removed' };
    return (await isThere(folder)) ? undefined : { kind: 'lost', reason: 'it was never started' };
  }

  /** True once the ends of all these processes are here; false when that took longer. */
  async awaitEnds(sequences: readonly number[], limitMs: number): Promise<boolean> {
    const limit = AbortSignal.timeout(limitMs);
    for (const sequence of sequences) {
      for (;;) {
        const told = once(this.#ends, 'end', { signal: limit }).catch(() => undefined);
        if ((await this.findEnd(sequence)) !== undefined) break;
        if (limit.aborted) return false;
        await told;
      }
    }
    return true;
  }

  /** Where the coordinator was last told that the master listens. */
  async readAddresses(): Promise<string | undefined> {
    return readIfPresent(join(this.folder, 'addresses'));
  }

  async writeAddresses(addresses: string): Promise<void> {
    await replaceFile(join(this.folder, 'addresses'), addresses);
  }

  async close(): Promise<void> {
    const files = [...this.#files.values()];
    this.#files.clear();
    await Promise.all(files.map((file) => file.close()));
  }

  async remove(): Promise<void> {
    await this.close();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }

  async #write(sequence: number, stream: OutputStream, offset: number, bytes: Buffer): Promise<void> {
    const file = await this.#open(sequence, stream);
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await file.write(bytes, done, bytes.length - done, offset + done);
      done += bytesWritten;
    }
  }

  async #end(sequence: number, file: string, content: string): Promise<void> {
    await this.expect(sequence);
    await replaceFile(join(this.process(sequence), file), content);
    for (const stream of streams) await this.#close(sequence, stream);
    this.#ends.emit('end');
  }

  async #open(sequence: number, stream: OutputStream): Promise<FileHandle> {
    const path = join(this.process(sequence), outputFile(stream));
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    await this.expect(sequence);
    // not "a", which writes at the end whatever the offset, and not "w", which empties it
    const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    this.#files.set(path, file);
    return file;
  }

  async #close(sequence: number, stream: OutputStream): Promise<void> {
    const path = join(this.process(sequence), outputFile(stream));
    const file = this.#files.get(path);
    this.#files.delete(path);
    await file?.close();
  }

  async #size(sequence: number, stream: OutputStream): Promise<number> {
    return (await sizeOf(join(this.process(sequence), outputFile(stream)))) ?? 0;
  }

  async #sequences(): Promise<readonly number[]> {
    const names = await readdir(join(this.folder, 'processes')).catch((error: unknown) => {
      if (isFileMissing(error)) return [];
      throw error;
    });
    return names.map(Number);
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await sizeOf(path)) !== undefined;
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isFileMissing(error)) return undefined;
    throw error;
  }
}
