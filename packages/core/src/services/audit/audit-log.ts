import { inject, injectable } from 'tsyringe';
import { auditStart, auditText, type AuditEntry, type AuditEvent } from '../../domain/audit/audit-entry.js';
import type { AuditRepository } from '../ports/audit-repository.js';
import type { Clock } from '../ports/clock.js';
import type { TokenHasher } from '../ports/token-hasher.js';
import type { UnitOfWork } from '../ports/unit-of-work.js';
import { Tokens } from '../tokens.js';

const batch = 1000;

export interface AuditCheck {
  /** How many entries are as they were written, from the first one on. */
  readonly intact: number;
  /** The first that is not, and what is wrong with it. */
  readonly broken: { readonly sequence: number; readonly reason: string } | undefined;
}

/** Who did what with which secret, in a chain of entries of which none can be changed or left out unseen. */
@injectable()
export class AuditLog {
  constructor(
    @inject(Tokens.AuditRepository) private readonly entries: AuditRepository,
    @inject(Tokens.TokenHasher) private readonly hasher: TokenHasher,
    @inject(Tokens.UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @inject(Tokens.Clock) private readonly clock: Clock,
  ) {}

  /** Joins the caller's transaction: what is recorded has happened, and what has happened is recorded. */
  append(event: AuditEvent): Promise<void> {
    return this.unitOfWork.run(async () => {
      const last = (await this.entries.findLast()) ?? auditStart;
      const entry = { ...event, sequence: last.sequence + 1, at: this.clock.now() };
      await this.entries.append({ ...entry, hash: this.hasher.hash(auditText(last.hash, entry)) });
    });
  }

  /** Newest first; `cursor` is the `nextCursor` of the page before. */
  async list(page: {
    readonly limit: number;
    readonly cursor?: number;
  }): Promise<{ readonly items: readonly AuditEntry[]; readonly nextCursor: number | undefined }> {
    const found = await this.entries.listBefore(page.cursor ?? Number.MAX_SAFE_INTEGER, page.limit + 1);
    const items = found.slice(0, page.limit);
    return { items, nextCursor: found.length > page.limit ? items.at(-1)?.sequence : undefined };
  }

  /** Computes every hash again. */
  async verify(): Promise<AuditCheck> {
    let last: Pick<AuditEntry, 'sequence' | 'hash'> = auditStart;
    for (;;) {
      const entries = await this.entries.listAfter(last.sequence, batch);
      for (const entry of entries) {
        const reason = this.#problem(last, entry);
        if (reason !== undefined) return { intact: last.sequence, broken: { sequence: entry.sequence, reason } };
        last = entry;
      }
      if (entries.length < batch) return { intact: last.sequence, broken: undefined };
    }
  }

  #problem(last: Pick<AuditEntry, 'sequence' | 'hash'>, entry: AuditEntry): string | undefined {
    if (entry.sequence !== last.sequence + 1) return `the entries from ${last.sequence + 1} on are missing before it`;
    if (this.hasher.hash(auditText(last.hash, entry)) === entry.hash) return undefined;
    return 'it was changed, or the one before it: its hash is another';
  }
}
