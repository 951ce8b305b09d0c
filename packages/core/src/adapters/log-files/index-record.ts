import { crc32 } from 'node:zlib';
import type { LogBatch } from '../../domain/log/log-batch.js';

/** How far the log has come after a record. */
export interface LogEnd {
  /** Bytes and lines in the log. */
  readonly size: number;
  readonly lines: number;
}

/** One entry of the index: a batch of the log, or the mark that the log is complete. */
export interface IndexRecord {
  /** Undefined for the mark. */
  readonly batch: LogBatch | undefined;
  readonly end: LogEnd;
}

export const RECORD_BYTES = 128;

const FORMAT = 1;
const kinds = ['complete', 'stdout', 'stderr'] as const;
/** Offsets and times take 6 bytes: 256 TiB and the year 10889 are far enough. */
const WIDTH = 6;
const at = {
  kind: 4,
  format: 5,
  nameLength: 6,
  sequence: 8,
  timestamp: 12,
  from: 18,
  to: 24,
  size: 30,
  lines: 36,
  name: 42,
};

/** The record in its fixed size, with a checksum that tells a torn one. */
export function encodeRecord(record: IndexRecord): Buffer {
  const { batch, end } = record;
  const bytes = Buffer.alloc(RECORD_BYTES);
  bytes.writeUInt8(kinds.indexOf(batch?.stream ?? 'complete'), at.kind);
  bytes.writeUInt8(FORMAT, at.format);
  if (batch !== undefined) {
    bytes.writeUInt8(bytes.write(batch.name, at.name), at.nameLength);
    bytes.writeInt32BE(batch.sequence, at.sequence);
    bytes.writeUIntBE(batch.timestamp, at.timestamp, WIDTH);
    bytes.writeUIntBE(batch.from, at.from, WIDTH);
    bytes.writeUIntBE(batch.to, at.to, WIDTH);
  }
  bytes.writeUIntBE(end.size, at.size, WIDTH);
  bytes.writeUIntBE(end.lines, at.lines, WIDTH);
  bytes.writeUInt32BE(checksum(bytes), 0);
  return bytes;
}

/** Undefined for bytes that are no whole record. */
export function decodeRecord(bytes: Buffer): IndexRecord | undefined {
  if (bytes.length !== RECORD_BYTES || bytes.readUInt32BE(0) !== checksum(bytes)) return undefined;
  const kind = kinds[bytes.readUInt8(at.kind)];
  if (kind === undefined || bytes.readUInt8(at.format) !== FORMAT) return undefined;
  const end = { size: bytes.readUIntBE(at.size, WIDTH), lines: bytes.readUIntBE(at.lines, WIDTH) };
  if (kind === 'complete') return { batch: undefined, end };
  const batch: LogBatch = {
    timestamp: bytes.readUIntBE(at.timestamp, WIDTH),
    sequence: bytes.readInt32BE(at.sequence),
    name: bytes.toString('utf8', at.name, at.name + bytes.readUInt8(at.nameLength)),
    stream: kind,
    from: bytes.readUIntBE(at.from, WIDTH),
    to: bytes.readUIntBE(at.to, WIDTH),
  };
  return { batch, end };
}

function checksum(bytes: Buffer): number {
  return crc32(bytes.subarray(at.kind));
}
