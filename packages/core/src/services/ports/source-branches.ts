import type { RepositoryAccess } from './source-checkout.js';

/** Which branches a repository has. */
export interface SourceBranches {
  /**
   * Short names of those that it has now, as its server sorts them.
   * @throws DanubeError as {@link SourceCheckout.resolve}, but for `ref_not_found`
   */
  list(repositoryUrl: string, access: RepositoryAccess, signal: AbortSignal): Promise<readonly string[]>;
}
