import { archiveInvalid } from './archive-errors.js';

export const blockBytes = 512;

/** One header of 512 bytes. Texts are in latin1, which keeps every byte as one character. */
export interface TarHeader {
  readonly path: string;
  readonly size: number;
  /** `0` file, `2` symbolic link, `5` folder, `x` attributes of the next entry, … */
  readonly type: string;
  readonly linkTarget: string;
}

/**
 * Undefined for a block of zeros, with which an archive ends.
 * @throws DanubeError `artifact_archive_invalid`
 */
export function readTarHeader(block: Buffer): TarHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  if (octal(block, 148, 8) !== checksum(block)) throw archiveInvalid('a header has a wrong checksum');
  const isUstar = text(block, 257, 6) === 'ustar';
  const prefix = isUstar ? text(block, 345, 155) : '';
  const name = text(block, 0, 100);
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    size: number(block, 124, 12),
    type: block[156] === 0 ? '0' : String.fromCharCode(block[156] ?? 0),
    linkTarget: text(block, 157, 100),
  };
}

/** Attributes as `<length> <key>=<value>\n`, again and again. */
export function readAttributes(content: Buffer): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(0x20, at);
    const digits = content.toString('latin1', at, Math.max(space, at));
    // programs read other forms of a number differently, and then see other attributes than these
    const length = /^[0-9]+$/.test(digits) ? Number(digits) : 0;
    const record = content.toString('latin1', space + 1, at + length);
    const equals = record.indexOf('=');
    if (!(length > 0) || space < 0 || at + length > content.length || equals < 1 || !record.endsWith('\n')) {
      throw archiveInvalid('the attributes of an entry are malformed');
    }
    attributes.set(record.slice(0, equals), record.slice(equals + 1, -1));
    at += length;
  }
  return attributes;
}

function text(block: Buffer, start: number, length: number): string {
  const end = block.indexOf(0, start);
  return block.toString('latin1', start, end < 0 || end > start + length ? start + length : end);
}

function octal(block: Buffer, start: number, length: number): number {
  const digits = text(block, start, length).trim();
  if (!/^[0-7]*$/.test(digits)) throw archiveInvalid('a header has a number that is none');
  return digits === '' ? 0 : parseInt(digits, 8);
}

/** Octal, or binary where the first bit is set: sizes from 8 GiB on. */
function number(block: Buffer, start: number, length: number): number {
  if ((block[start] ?? 0) < 0x80) return octal(block, start, length);
  const value = block.subarray(start + 1, start + length).reduce((sum, byte) => sum * 256 + byte, 0);
  if (block[start] !== 0x80 || !Number.isSafeInteger(value)) throw archiveInvalid('a header has an impossible size');
  return value;
}

/** The sum of all bytes, with spaces in place of the checksum itself. */
function checksum(block: Buffer): number {
  return block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0);
}
