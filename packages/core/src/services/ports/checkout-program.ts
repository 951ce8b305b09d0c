import type { SecretValue } from '@danube/plugin-api';
import type { CheckoutReport, CheckoutRequest } from './source-checkout.js';

/** A checkout as another machine runs it. */
export interface CheckoutPlan {
  /**
   * For any POSIX shell, with git, ssh and, for files in Git LFS, git-lfs. It holds no secret. Its one argument is the file
   * that its outcome goes to, at most 4000 bytes; without it that is `/dev/termination-log`.
   */
  readonly program: string;
  /** What it reads, by file name below the folder of the plan; to be written with mode 0600 before it starts. */
  readonly files: Readonly<Record<string, SecretValue | string>>;
}

/** What is known of a program that has ended. */
export interface CheckoutOutcome {
  readonly exitCode: number;
  /** What the program left where its outcome goes; anything else, or nothing, where it was killed. */
  readonly message: string;
}

/** Source code from Git where the master's own disk is out of reach, as in a pod. */
export interface CheckoutProgram {
  /**
   * The checkout of a request as a program. It empties the destination, which must be there, and puts exactly the commit
   * into it; run again, it starts over. When it has succeeded it removes the files of the plan. Nothing is done here and
   * now but reading the host keys that are known. `folder` is where the files will lie.
   * @throws DanubeError what `SourceCheckout` throws for URLs, refs, commits and credentials that it refuses, and
   * `repository_unreachable_from_pod` (invalid) for a folder of this machine
   */
  plan(request: CheckoutRequest, folder: string): Promise<CheckoutPlan>;
  /**
   * What the outcome of the program means. Called once for each outcome, because it counts it.
   * @throws DanubeError as `SourceCheckout.checkOut`, and `workspace_full` (invalid), `checkout_failed` (unavailable)
   */
  read(request: CheckoutRequest, outcome: CheckoutOutcome): CheckoutReport;
}
