import type { ArchiveLimits } from '../../services/ports/archive-inspector.js';
import { archiveInvalid, archiveRefused } from './archive-errors.js';
import { EntryRules } from './entry-rules.js';
import { blockBytes, readAttributes, readTarHeader } from './tar-header.js';

const maxAttributeBytes = 1024 * 1024;

/** Follows a tar stream in pieces of any size, and holds each entry to the rules. Contents of files are passed over. */
export class TarReader {
  readonly #rules: EntryRules;
  /** A header or attributes, as far as they have come. */
  #kept: Buffer[] = [];
  #wanted = blockBytes;
  /** Bytes to pass over before the next header. */
  #skip = 0;
  /** Type of the entry whose content is wanted; undefined: a header is. */
  #special: string | undefined;
  #specialSize = 0;
  #attributes: ReadonlyMap<string, string> = new Map();
  #ended = false;

  constructor(limits: ArchiveLimits) {
    this.#rules = new EntryRules(limits);
  }

  /** @throws DanubeError `artifact_archive_invalid`, `artifact_archive_refused` */
  read(bytes: Buffer): void {
    for (let at = 0; at < bytes.length && !this.#ended;) {
      if (this.#skip > 0) {
        const passed = Math.min(this.#skip, bytes.length - at);
        this.#skip -= passed;
        at += passed;
        continue;
      }
      const part = bytes.subarray(at, at + this.#wanted);
      at += part.length;
      this.#wanted -= part.length;
      this.#kept.push(part);
      if (this.#wanted === 0) this.#take(Buffer.concat(this.#kept));
    }
  }

  /** @throws DanubeError `artifact_archive_invalid` where the stream ended too early */
  end(): void {
    if (!this.#ended) throw archiveInvalid('it ends too early');
  }

  #take(block: Buffer): void {
    this.#kept = [];
    this.#wanted = blockBytes;
    if (this.#special === undefined) this.#takeHeader(block);
    else this.#takeSpecial(this.#special, block.subarray(0, this.#specialSize));
  }

  #takeHeader(block: Buffer): void {
    const header = readTarHeader(block);
    if (header === undefined) {
      this.#ended = true;
      return;
    }
    if (/[xLK]/.test(header.type)) {
      if (header.size > maxAttributeBytes) throw archiveRefused('the attributes of an entry are too large');
      this.#special = header.type;
      this.#specialSize = header.size;
      this.#wanted = padded(header.size);
      if (header.size === 0) this.#take(Buffer.alloc(0));
      return;
    }
    const { path = header.path, linkpath: linkTarget = header.linkTarget, size } = Object.fromEntries(this.#attributes);
    this.#attributes = new Map();
    const entry = { ...header, path, linkTarget, size: size === undefined ? header.size : wholeNumber(size) };
    this.#rules.check(entry);
    this.#skip = padded(entry.size);
  }

  /**
   * Attributes of the entry that follows, in the form of POSIX or in that of GNU. Where both give a path, programs differ in
   * which counts; a sparse file has yet another path and size in them.
   */
  #takeSpecial(type: string, content: Buffer): void {
    this.#special = undefined;
    const told =
      type === 'x'
        ? readAttributes(content)
        : new Map([[type === 'L' ? 'path' : 'linkpath', content.toString('latin1').replace(/\0$/, '')]]);
    for (const key of told.keys()) {
      if (this.#attributes.has(key)) throw archiveRefused(`it gives the ${key} of an entry twice`);
      if (key.startsWith('GNU.sparse.')) throw archiveRefused('an entry is a sparse file');
    }
    this.#attributes = new Map([...this.#attributes, ...told]);
  }
}

function padded(size: number): number {
  return Math.ceil(size / blockBytes) * blockBytes;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw archiveInvalid('an entry has an impossible size');
}
