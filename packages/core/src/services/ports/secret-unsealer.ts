/** The instance's half of sealing: people seal values for its recipient on any machine, and it alone opens them. */
export interface SecretUnsealer {
  /** The public key, `age1…`. */
  readonly recipient: string;
  /** The text that was sealed; undefined where it was sealed for another recipient, or is damaged. */
  open(sealed: string): Promise<string | undefined>;
}
