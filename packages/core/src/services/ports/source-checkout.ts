import type { GitCredential } from '@danube/plugin-api';

/** How a repository is opened: what `git_authentication` says about its URL. */
export interface RepositoryAccess {
  /** Type of the entry that matched; `none` where none did. */
  readonly authMethod: string;
  readonly credential: GitCredential | undefined;
}

export interface CheckoutRequest {
  readonly repositoryUrl: string;
  readonly commit: string;
  /** The ref that was triggered, tried first where a server does not serve bare commits. */
  readonly ref: string;
  readonly destination: string;
  readonly submodules: boolean;
  /** Commits of history; 0: all. */
  readonly depth: number;
  readonly access: RepositoryAccess;
}

/** Source code from Git. */
export interface SourceCheckout {
  /**
   * The commit that a branch, tag or full ref points at now.
   * @throws DanubeError `ref_not_found` (not_found), `repository_unreachable` (unavailable), `repository_url_refused` (invalid)
   */
  resolve(
    repositoryUrl: string,
    ref: string,
    access: RepositoryAccess,
    signal: AbortSignal,
  ): Promise<{ readonly ref: string; readonly commit: string }>;
  /** Puts exactly that commit into `destination`, which it empties first: calling it again starts over. */
  checkOut(request: CheckoutRequest, signal: AbortSignal): Promise<void>;
}
