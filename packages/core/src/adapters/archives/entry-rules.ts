import type { ArchiveLimits } from '../../services/ports/archive-inspector.js';
import { archiveRefused } from './archive-errors.js';

export interface ArchiveEntry {
  readonly path: string;
  readonly type: string;
  readonly size: number;
  readonly linkTarget: string;
}

const maxPathBytes = 4096;
/** Of the folders and links whose names are remembered. */
const maxRememberedBytes = 64 * 1024 * 1024;
const kinds: Readonly<Record<string, string>> = {
  '1': 'a hard link',
  '3': 'a device',
  '4': 'a device',
  '6': 'a pipe',
  S: 'a sparse file',
};

/**
 * What an artifact may hold: files, folders, and symbolic links that lead to within it. Nothing lies beneath a link, so
 * that a path means the same folder wherever the archive is unpacked; `..` may only begin a link's target, so that it can
 * be counted against the folder that the link is in.
 */
export class EntryRules {
  readonly #links = new Set<string>();
  readonly #folders = new Set<string>();
  #rememberedBytes = 0;
  #entries = 0;
  #unpackedBytes = 0;

  constructor(private readonly limits: ArchiveLimits) {}

  /** @throws DanubeError `artifact_archive_refused` */
  check({ path, type, size, linkTarget }: ArchiveEntry): void {
    this.#count(type === '0' ? size : 0);
    const parts = path.split('/').filter((part) => part !== '' && part !== '.');
    if (!staysWithin(path, parts)) throw refused(path, 'its path does not stay within the archive');
    if (parts.length === 0 && type !== '5') throw refused(path, 'it has no name');
    if (type !== '0' && type !== '2' && type !== '5') throw refused(path, `it is ${kinds[type] ?? 'of no known kind'}`);
    if (type !== '0' && size !== 0) throw refused(path, 'it has content although it is no file');
    // the folder of the archive itself, as in "tar -C dist ."
    if (parts.length === 0) return;
    this.#checkFolders(path, parts);
    const whole = parts.join('/');
    if (this.#links.has(whole)) throw refused(path, 'a link has the same path');
    if (type !== '5' && this.#folders.has(whole)) throw refused(path, 'a folder has the same path');
    if (type === '5') this.#remember(this.#folders, whole);
    if (type !== '2') return;
    if (!leadsWithin(linkTarget, parts.length - 1)) throw refused(path, 'it is a link that leads out of the archive');
    this.#remember(this.#links, whole);
  }

  #count(size: number): void {
    const { entries, unpackedBytes } = this.limits;
    this.#entries += 1;
    this.#unpackedBytes += size;
    if (this.#entries > entries) throw archiveRefused(`it has more than ${entries} files, folders and links`);
    if (this.#unpackedBytes > unpackedBytes) throw archiveRefused(`it unpacks to more than ${unpackedBytes} bytes`);
  }

  #checkFolders(path: string, parts: readonly string[]): void {
    for (let length = parts.length - 1; length > 0; length -= 1) {
      const folder = parts.slice(0, length).join('/');
      if (this.#links.has(folder)) throw refused(path, `it lies beneath the link ${shown(folder)}`);
      // those around a known folder have been looked at
      if (this.#folders.has(folder)) return;
      this.#remember(this.#folders, folder);
    }
  }

  #remember(names: Set<string>, name: string): void {
    if (names.has(name)) return;
    names.add(name);
    this.#rememberedBytes += name.length;
    if (this.#rememberedBytes > maxRememberedBytes) throw archiveRefused('it has too many folders and links');
  }
}

function staysWithin(path: string, parts: readonly string[]): boolean {
  const isWellFormed = path !== '' && path.length <= maxPathBytes && !path.includes('\0');
  return isWellFormed && !path.startsWith('/') && !parts.includes('..');
}

function leadsWithin(target: string, depth: number): boolean {
  const parts = target.split('/');
  const down = parts.findIndex((part) => part !== '..' && part !== '.');
  const ups = parts.slice(0, down < 0 ? parts.length : down).filter((part) => part === '..').length;
  const rest = down < 0 ? [] : parts.slice(down);
  const isRelative = target !== '' && parts[0] !== '' && target.length <= maxPathBytes && !target.includes('\0');
  return isRelative && ups <= depth && !rest.includes('..');
}

function refused(path: string, why: string): Error {
  return archiveRefused(`${shown(path)}: ${why}`);
}

function shown(path: string): string {
  return JSON.stringify(Buffer.from(path.slice(0, 200), 'latin1').toString());
}
