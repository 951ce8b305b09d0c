import type { LogRange, LogStore } from '../../../services/ports/log-store.js';
import { readRange } from '../byte-range.js';
import { rangeNotSatisfiable, requestInvalid } from '../errors/http-errors.js';

export interface LogQuery {
  readonly from?: number;
  readonly to?: number;
  /** `first-last`, counted from 1. */
  readonly lines?: string;
}

export interface ChosenRange extends LogRange {
  /** True where the `Range` header chose it: the answer is then 206. */
  readonly partial: boolean;
}

/**
 * The bytes that a request asks for. Query parameters come before the `Range` header.
 * @throws DanubeError `request_invalid` or `range_not_satisfiable`
 */
export async function chooseRange(
  logs: Pick<LogStore, 'locateLines'>,
  jobId: string,
  size: number,
  query: LogQuery,
  rangeHeader: string,
): Promise<ChosenRange> {
  if (query.lines !== undefined) {
    if (query.from !== undefined || query.to !== undefined) {
      throw requestInvalid([{ in: 'query', field: 'lines', message: 'excludes from and to: send one or the other' }]);
    }
    const [first = 0, last = 0] = query.lines.split('-').map(Number);
    if (first < 1 || last < first) {
      throw requestInvalid([
        { in: 'query', field: 'lines', message: 'must be first-last, counted from 1, for example 900000-900050' },
      ]);
    }
    return { ...(await logs.locateLines(jobId, first, last)), partial: false };
  }
  if (query.from !== undefined || query.to !== undefined) return byOffsets(size, query.from ?? 0, query.to ?? size);
  const chosen = readRange(size, rangeHeader);
  return chosen === undefined ? { from: 0, to: size, partial: false } : { ...chosen, partial: true };
}

function byOffsets(size: number, from: number, to: number): ChosenRange {
  if (from > size) throw rangeNotSatisfiable(size);
  if (to < from) throw requestInvalid([{ in: 'query', field: 'to', message: 'must not be less than from' }]);
  return { from, to: Math.min(to, size), partial: false };
}
