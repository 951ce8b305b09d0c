/** What an instance talks to, as a server on this machine that does what it is told. */
export interface Remote {
  /** How many requests have arrived so far. */
  requests(): number;
  /** From now on every request fails in a way that no retry helps against, such as 401. */
  refuse(): void;
  /** From now on every request fails in a way that may pass, such as 500. */
  breakDown(): void;
  /** From now on every request is told to come again later, and when; absent where the protocol has no such thing. */
  limitRate?(): void;
  /** From now on requests get no answer. Resolves when one has arrived. */
  hang(): Promise<void>;
  /** From now on requests are answered as at first. */
  recover(): void;
}

/** Where one check runs: made anew for each, and closed after it. */
export interface Setting {
  /** The entry's own keys, as `configSchema` accepts them. */
  readonly config: unknown;
  /** The secrets that the entry names, by name. They must be long enough to be found in texts. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Absent where the instance talks to nothing. */
  readonly remote?: Remote;
  /** Called once after the check, whatever came of it. */
  close?(): Promise<void>;
}

/** What the author of a plugin gives for one contribution. */
export interface Samples<S extends Setting = Setting> {
  /** Called before each check; what it makes is independent of what it made before. */
  prepare(): Promise<S>;
}
