import { readFile } from 'node:fs/promises';
import { DanubeError } from '@danube/plugin-api';
import type { CertificateSource, KeyPair } from './certificate-source.js';
import { findHandshakeProblem } from './find-handshake-problem.js';

/** Paths, as the settings `control_tls_*` name them. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
  readonly ca: string | undefined;
}

/** A certificate that somebody else makes and replaces. */
export class ProvidedCertificates implements CertificateSource {
  readonly remedy = 'replace the files that server.control_tls_cert and control_tls_key name';

  private constructor(
    private readonly files: CertificateFiles,
    private readonly hosts: readonly string[],
    readonly ca: string | undefined,
  ) {}

  /** @throws DanubeError `control_certificate_unusable` (invalid) */
  static async open(files: CertificateFiles, hosts: readonly string[]): Promise<ProvidedCertificates> {
    return new ProvidedCertificates(files, hosts, files.ca === undefined ? undefined : await read(files.ca));
  }

  /** @throws DanubeError `control_certificate_unusable` (invalid) */
  async read(): Promise<KeyPair> {
    const pair = { certificate: await read(this.files.certificate), key: await read(this.files.key) };
    for (const host of this.hosts) {
      const problem = await findHandshakeProblem(pair, this.ca, host);
      if (problem !== undefined) throw this.#unusable(host, problem);
    }
    return pair;
  }

  #unusable(host: string, problem: string): DanubeError {
    const trust =
      this.ca === undefined
        ? 'its authority is none that jobs know by themselves unless server.control_tls_ca names its certificate'
        : `jobs will trust ${this.files.ca} only`;
    return unusable(
      `jobs that connect to ${host} would refuse the certificate ${this.files.certificate}: ${problem}; it must be ` +
        `for the hosts of rpc_url and grpc_address in [kubernetes], followed by those that lead to its authority, and ${trust}`,
    );
  }
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw unusable(`a file of the control plane's certificate cannot be read: ${(error as Error).message}`);
  }
}

function unusable(message: string): DanubeError {
  return new DanubeError('control_certificate_unusable', message, { category: 'invalid' });
}
