import type { SecretValue } from '@danube/plugin-api';

/** What Git needs to read a private repository. Files that hold it are 0600 and die with the job. */
export type GitCredential =
  | { readonly kind: 'https'; readonly username: string; readonly password: SecretValue }
  | { readonly kind: 'ssh'; readonly privateKeyPath: string; readonly knownHostsPath: string };

export interface CheckoutRequest {
  readonly repositoryUrl: string;
  readonly commit: string;
  /** The ref that was triggered, tried first where a server does not serve bare commits. */
  readonly ref: string;
  readonly destination: string;
  readonly submodules: boolean;
  readonly credential: GitCredential | undefined;
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
    credential: GitCredential | undefined,
    signal: AbortSignal,
  ): Promise<{ readonly ref: string; readonly commit: string }>;
  /** Puts exactly that commit into `destination`, which it empties first: calling it again starts over. */
  checkOut(request: CheckoutRequest, signal: AbortSignal): Promise<void>;
}
