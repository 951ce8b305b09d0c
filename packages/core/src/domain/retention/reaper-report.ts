/** What retention removes, in the order in which a run does: a job's record goes last. */
export const reapedKinds = ['logs', 'artifacts', 'deliveries', 'jobs', 'cache'] as const;
export type ReapedKind = (typeof reapedKinds)[number];

/** How much of one kind a run has removed, or would remove. */
export interface ReapedAmount {
  readonly count: number;
  /** Freed on the disk; 0 for what is only a row. */
  readonly bytes: number;
  /** When the oldest of them ended or was last used; undefined where there was none. */
  readonly oldest: number | undefined;
}

export interface ReapedPart extends ReapedAmount {
  readonly kind: ReapedKind;
  /** Why this kind could not be gone through to its end; the other kinds were all the same. */
  readonly failure: string | undefined;
}

/** The outcome of one run. */
export interface ReaperReport {
  /** Nothing was removed. */
  readonly dryRun: boolean;
  readonly parts: readonly ReapedPart[];
}
