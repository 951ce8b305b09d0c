/** Keeps values out of the server's log. */
export interface SecretMask {
  /** From now on this value is not printed, wherever it turns up. Idempotent. */
  hide(value: string): void;
}
