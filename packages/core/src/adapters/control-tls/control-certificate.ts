import { X509Certificate } from 'node:crypto';
import { DanubeError } from '@danube/plugin-api';
import type { Logger } from '../../services/ports/logger.js';
import type { CertificateSource, KeyPair } from './certificate-source.js';
import { TlsListeners } from './tls-listeners.js';

const warnedBeforeMs = 30 * 86_400_000;

/** The certificate that the control planes show. */
export class ControlCertificate {
  readonly listeners: TlsListeners;

  private constructor(
    private readonly source: CertificateSource,
    private readonly logger: Logger,
    private shown: KeyPair,
  ) {
    this.listeners = new TlsListeners(shown, logger);
  }

  /** @throws DanubeError of the source */
  static async open(source: CertificateSource, logger: Logger, now: number): Promise<ControlCertificate> {
    return new ControlCertificate(source, logger, await source.read(now));
  }

  /** PEM of the authorities that jobs are to trust; undefined: those that their image trusts. */
  get ca(): string | undefined {
    return this.source.ca;
  }

  /** Shows what the source has now. Where it has nothing that works, what was shown before stays. */
  async refresh(now: number): Promise<void> {
    try {
      const found = await this.source.read(now);
      if (found.certificate === this.shown.certificate && found.key === this.shown.key) return;
      this.listeners.use(found);
      this.shown = found;
      this.logger.info('the control planes show a new certificate', { ends: this.#end() });
    } catch (error) {
      this.logger.error('the certificate of the control planes stays, there is no newer one that works', {
        err: error,
      });
    }
  }

  /** @throws DanubeError `control_certificate_ending` (unavailable) 30 days before its end */
  checkHealth(now: number): void {
    if (Date.parse(this.#end()) - now > warnedBeforeMs) return;
    throw new DanubeError(
      'control_certificate_ending',
      `the certificate of the control planes ends at ${this.#end()}, and jobs will not connect then; ${this.source.remedy}`,
      { category: 'unavailable' },
    );
  }

  #end(): string {
    return new Date(new X509Certificate(this.shown.certificate).validTo).toISOString();
  }
}
