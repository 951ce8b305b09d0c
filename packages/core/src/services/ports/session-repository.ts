/** A browser that somebody is logged in with. Times are milliseconds since the epoch. */
export interface StoredSession {
  /** Hash of the value of the cookie. */
  readonly idHash: string;
  /** Name of the identity. */
  readonly name: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Sessions of browsers; they outlive the server. */
export interface SessionRepository {
  add(session: StoredSession): Promise<void>;
  /** Also answers expired ones that were not removed yet. */
  find(idHash: string): Promise<StoredSession | undefined>;
  /** Idempotent. */
  remove(idHash: string): Promise<void>;
  /** Removes those that had expired at that time. */
  removeExpired(at: number): Promise<void>;
}
