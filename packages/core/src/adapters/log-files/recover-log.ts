import { MASTER_SEQUENCE, type LogBatch } from '../../domain/log/log-batch.js';
import { renderBatch } from '../../domain/log/render-batch.js';
import type { SecretMatcher } from '../../domain/masking/secret-matcher.js';
import type { OutputOffsets } from '../../services/ports/job-runtime.js';
import type { ReadSource } from '../../services/ports/log-store.js';
import { RECORD_BYTES, type IndexRecord } from './index-record.js';
import { emptyExtent, scanIndex, type LogExtent } from './log-index.js';
import { readAt, type OpenFiles } from './open-files.js';
import type { PatientWriter } from './patient-writer.js';
import { readRemarkKey } from './remark-file.js';

export interface RecoveredLog {
  readonly extent: LogExtent;
  /** How far each source is in the log, by sequence. */
  readonly positions: ReadonlyMap<number, OutputOffsets>;
  readonly remarkKeys: ReadonlySet<string>;
  /** False when raw output that the index names was not there any more: its lines are not in the log. */
  readonly whole: boolean;
}

/**
 * Brings the files of a log into agreement after a crash: lines that the index names and the log lacks are rendered
 * again from the raw output and written where they belong; what is torn at the end of a file is cut off.
 */
export async function recoverLog(
  files: OpenFiles,
  disk: PatientWriter,
  readSource: ReadSource,
  secrets: SecretMatcher,
): Promise<RecoveredLog> {
  const sources = { readSource, secrets };
  const logSize = (await files.log.stat()).size;
  const positions = new Map<number, OutputOffsets>();
  const remarkKeys = new Set<string>();
  let extent = emptyExtent;
  let whole = true;
  for await (const record of scanIndex(files.index)) {
    if (record.end.size > logSize && !(await restore(files, disk, sources, extent.size, record))) {
      whole = false;
      break;
    }
    if (record.batch?.sequence === MASTER_SEQUENCE) {
      const previousEnd = positions.get(MASTER_SEQUENCE)?.stdout ?? 0;
      remarkKeys.add(await readRemarkKey(files.remarks, previousEnd, record.batch));
    }
    if (record.batch !== undefined) advance(positions, record.batch);
    extent = { ...record.end, records: extent.records + 1, complete: record.batch === undefined };
  }
  await files.index.truncate(extent.records * RECORD_BYTES);
  await files.log.truncate(extent.size);
  await files.remarks.truncate(positions.get(MASTER_SEQUENCE)?.stdout ?? 0);
  return { extent, positions, remarkKeys, whole };
}

/** Writes a record's lines again; false when the raw output does not give them any more. */
async function restore(
  files: OpenFiles,
  disk: PatientWriter,
  sources: { readonly readSource: ReadSource; readonly secrets: SecretMatcher },
  position: number,
  { batch, end }: IndexRecord,
): Promise<boolean> {
  if (batch === undefined) return false;
  const length = batch.to - batch.from;
  const raw =
    batch.sequence === MASTER_SEQUENCE
      ? await readAt(files.remarks, batch.from, length)
      : await sources.readSource(batch.sequence, batch.stream, batch.from, length);
  const { bytes } = renderBatch(batch, sources.secrets.mask(raw));
  if (raw.length !== length || position + bytes.length !== end.size) return false;
  await disk.write(files.log, [bytes], position);
  return true;
}

function advance(positions: Map<number, OutputOffsets>, batch: LogBatch): void {
  const before = positions.get(batch.sequence) ?? { stdout: 0, stderr: 0 };
  positions.set(batch.sequence, { ...before, [batch.stream]: batch.to });
}
