/** How files and the rows that name them can disagree. */
export const storageProblemKinds = [
  'log_without_job',
  'log_missing',
  'object_without_artifact',
  'object_missing',
  'storage_unreadable',
] as const;

export interface StorageProblem {
  readonly kind: (typeof storageProblemKinds)[number];
  /** What it is about, in words that name the job, the artifact or the object. */
  readonly subject: string;
  /** Whether rows and files agree about it now. */
  readonly repaired: boolean;
}

/** The outcome of comparing all rows with all files. */
export interface StorageCheck {
  readonly found: number;
  readonly repaired: number;
  /** The first {@link maxListedProblems} of those that were found. */
  readonly problems: readonly StorageProblem[];
}

export const maxListedProblems = 1000;
