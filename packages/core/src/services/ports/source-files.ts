import type { RepositoryAccess } from './source-checkout.js';

/** A commit and how to get it. */
export interface SourceCommit {
  readonly repositoryUrl: string;
  readonly commit: string;
  /** A ref that holds the commit, for servers that do not serve bare commits. */
  readonly ref: string;
  readonly access: RepositoryAccess;
}

/** Questions about commits that need no checkout. Downloads what is not here yet. */
export interface SourceFiles {
  /**
   * One file of a commit as text; undefined where the commit has none of that path.
   * @throws DanubeError `source_file_refused` (invalid) where it is larger than 1 MiB or not UTF-8, and those of
   * {@link SourceCheckout.checkOut}
   */
  readFile(
    source: SourceCommit,
    path: string,
    signal: AbortSignal,
  ): Promise<{ readonly blobId: string; readonly text: string } | undefined>;
  /**
   * Paths that differ between `base` and the commit: `direct` compares the two, `merge_base` what the commit's side changed
   * since both parted, as a pull request shows it. Renamed files count with both names.
   */
  changedPaths(
    source: SourceCommit,
    base: string,
    compare: 'direct' | 'merge_base',
    signal: AbortSignal,
  ): Promise<readonly string[]>;
}
