import type { KeyPair } from '@danube/core/adapters/control-tls/certificate-source.js';
import { makeAuthority, makeCertificate } from '@danube/core/adapters/control-tls/make-certificates.js';
import { TlsListeners } from '@danube/core/adapters/control-tls/tls-listeners.js';
import type { Logger } from '@danube/core/services/ports/logger.js';

/** An authority, and certificates of it for control planes on this machine. */
export class Identity {
  #listeners: TlsListeners | undefined;

  private constructor(
    private readonly authority: KeyPair,
    private pair: KeyPair,
  ) {}

  static async create(hosts: readonly string[] = ['127.0.0.1']): Promise<Identity> {
    const authority = await makeAuthority(Date.now());
    return new Identity(authority, await makeCertificate(authority, hosts, Date.now()));
  }

  get ca(): string {
    return this.authority.certificate;
  }

  /** PEM of the certificate that is shown now. */
  get certificate(): string {
    return this.pair.certificate;
  }

  listeners(logger: Logger): TlsListeners {
    this.#listeners = new TlsListeners(this.pair, logger);
    return this.#listeners;
  }

  /** Another certificate of the same authority, shown from now on. */
  async renew(): Promise<void> {
    this.pair = await makeCertificate(this.authority, ['127.0.0.1'], Date.now());
    this.#listeners?.use(this.pair);
  }
}
