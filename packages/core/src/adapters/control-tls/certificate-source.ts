/** A certificate with its private key, both PEM. Certificates that lead to its authority may follow it. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/** Where the certificate of the control planes comes from. */
export interface CertificateSource {
  /** PEM of the authorities that jobs are to trust; undefined: those that their image trusts. The same until a restart. */
  readonly ca: string | undefined;
  /** What an operator can do about a certificate that will end soon. */
  readonly remedy: string;
  /**
   * A certificate that works now, where need be a new one. Called at the start and every hour after it.
   * @throws DanubeError that says why there is none
   */
  read(now: number): Promise<KeyPair>;
}
