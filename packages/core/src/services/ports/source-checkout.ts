import type { GitCredential } from '@danube/plugin-api';

/** How a repository is opened: what `git_authentication` says about its URL. */
export interface RepositoryAccess {
  /** Type of the entry that matched; `none` where none did. */
  readonly authMethod: string;
  /** Name of the entry that matched. */
  readonly entry?: string;
  readonly credential: GitCredential | undefined;
  /** Whether the credential is for no submodule, because anybody may have written what names them. */
  readonly notForSubmodules?: boolean;
}

export interface CheckoutRequest {
  readonly repositoryUrl: string;
  readonly commit: string;
  /** The ref that was triggered, tried first where a server does not serve bare commits. */
  readonly ref: string;
  readonly destination: string;
  readonly submodules: boolean;
  /** Commits of history; 0: all, and the tags. */
  readonly depth: number;
  readonly access: RepositoryAccess;
  /** Whether whoever works in it can reach nothing else of the master: it then shares no objects with a cache. */
  readonly selfContained?: boolean;
}

export interface CheckoutReport {
  /** What whoever reads the job's log should know about the files, in words. */
  readonly warnings: readonly string[];
}

/** Source code from Git. */
export interface SourceCheckout {
  /**
   * The commit that a branch, tag or full ref points at now.
   * @throws DanubeError `ref_not_found` (not_found), `repository_unreachable` (unavailable), `repository_url_refused`,
   * `git_authentication_missing`, `git_authentication_refused`, `git_host_key_refused` (invalid)
   */
  resolve(
    repositoryUrl: string,
    ref: string,
    access: RepositoryAccess,
    signal: AbortSignal,
  ): Promise<{ readonly ref: string; readonly commit: string }>;
  /**
   * Puts exactly that commit into `destination`, which it empties first: calling it again starts over. Submodules are
   * opened with the same access where they are on the same server and it is for submodules, and without any else.
   * @throws DanubeError as {@link resolve}, and `commit_not_found` (not_found), `submodules_refused` (invalid),
   * `lfs_unreachable` (unavailable)
   */
  checkOut(request: CheckoutRequest, signal: AbortSignal): Promise<CheckoutReport>;
}
