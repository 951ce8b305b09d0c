/** An account of this machine that commands of jobs run as. */
export interface JobAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * What keeps the commands of jobs from the master and from each other. Plain data: it is kept with each job, so that a
 * job goes on as it began when a later master is configured otherwise.
 */
export type Isolation = Bubblewrap | SeparateUser | NoIsolation;

export interface Bubblewrap {
  readonly mode: 'bubblewrap';
  /** Path of `bwrap`. */
  readonly program: string;
  /** Folders that no job sees; each exists, without a symbolic link in its path. */
  readonly hidden: readonly string[];
  /** Files that no job can read. */
  readonly masked: readonly string[];
  /** What of the hidden folders jobs see all the same, and cannot write to. */
  readonly visible: readonly string[];
  /** Undefined: commands run as the user of the master, who is not root then. */
  readonly account: JobAccount | undefined;
}

export interface SeparateUser {
  readonly mode: 'user';
  readonly account: JobAccount;
}

export interface NoIsolation {
  readonly mode: 'none';
  /** What would give isolation; undefined where none was asked for. */
  readonly advice: string | undefined;
}

export function accountOf(isolation: Isolation): JobAccount | undefined {
  return isolation.mode === 'none' ? undefined : isolation.account;
}
