import type { AuditEntry } from '../../domain/audit/audit-entry.js';

/** Entries can be added and read, not changed or removed. */
export interface AuditRepository {
  /** The last sequence and hash; undefined where there is no entry. Read it within the unit of work that adds the next. */
  findLast(): Promise<Pick<AuditEntry, 'sequence' | 'hash'> | undefined>;
  append(entry: AuditEntry): Promise<void>;
  /** Newest first, those before `before`. */
  listBefore(before: number, limit: number): Promise<readonly AuditEntry[]>;
  /** Oldest first, those after `after`. */
  listAfter(after: number, limit: number): Promise<readonly AuditEntry[]>;
}
