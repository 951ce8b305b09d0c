export interface CachedRepository {
  /** On the disk. */
  readonly bytes: number;
  /** When it was last used, in milliseconds since the epoch. */
  readonly usedAt: number;
}

/** Copies of repositories that spare jobs a download. Losing one costs that download, and breaks who works with it. */
export interface SourceCache {
  /** Names of those whose last use was before that time. */
  listUnused(before: number): Promise<readonly string[]>;
  /** Undefined where it is not there. */
  measure(name: string): Promise<CachedRepository | undefined>;
  /** Removes it unless it was used since `before`, after whoever changes it has ended; undefined where it stays. Idempotent. */
  removeUnused(name: string, before: number): Promise<CachedRepository | undefined>;
}
