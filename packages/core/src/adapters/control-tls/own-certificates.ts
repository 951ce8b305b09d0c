import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CertificateSource, KeyPair } from './certificate-source.js';
import { findHandshakeProblem } from './find-handshake-problem.js';
import { makeAuthority, makeCertificate } from './make-certificates.js';

/** Replaces a file in one go by one that only its owner can read. */
type WriteFile = (path: string, content: string) => Promise<void>;

const dayMs = 86_400_000;
const authorityLeftMs = 730 * dayMs;
const certificateLeftMs = 90 * dayMs;
const here = ['localhost', '127.0.0.1', '::1'];

/**
 * Certificates of an authority that the data directory holds (`control-ca.*`), in `control.*`. Jobs trust the authority, so
 * that certificates may change while they run. The authority changes at a start only: running jobs are told of it then.
 */
export class OwnCertificates implements CertificateSource {
  readonly remedy = 'the log says why the server could not make a new one';

  private constructor(
    private readonly authority: KeyPair,
    private readonly folder: string,
    private readonly hosts: readonly string[],
    private readonly write: WriteFile,
  ) {}

  /** For servers of these host names and IP addresses. One process at a time may do this in a folder. */
  static async open(folder: string, hosts: readonly string[], write: WriteFile, now: number): Promise<OwnCertificates> {
    let authority = await readPair(folder, 'control-ca');
    if (authority === undefined || !lasts(authority, now, authorityLeftMs)) {
      authority = await makeAuthority(now);
      await writePair(folder, 'control-ca', authority, write);
    }
    return new OwnCertificates(authority, folder, [...new Set([...hosts, ...here])], write);
  }

  get ca(): string {
    return this.authority.certificate;
  }

  async read(now: number): Promise<KeyPair> {
    const existing = await readPair(this.folder, 'control');
    if (existing !== undefined && (await this.#serves(existing, now))) return existing;
    const made = await makeCertificate(this.authority, this.hosts, now);
    await writePair(this.folder, 'control', made, this.write);
    return made;
  }

  async #serves(pair: KeyPair, now: number): Promise<boolean> {
    if (!lasts(pair, now, certificateLeftMs)) return false;
    const problems = await Promise.all(this.hosts.map((host) => findHandshakeProblem(pair, this.ca, host)));
    return problems.every((problem) => problem === undefined);
  }
}

/** Whether the two halves belong together and go on doing so. A crash between them leaves those of different pairs. */
function lasts({ certificate, key }: KeyPair, now: number, leftMs: number): boolean {
  try {
    const parsed = new X509Certificate(certificate);
    const isTime = Date.parse(parsed.validFrom) <= now && now + leftMs < Date.parse(parsed.validTo);
    return isTime && parsed.checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

async function readPair(folder: string, name: string): Promise<KeyPair | undefined> {
  try {
    return {
      key: await readFile(join(folder, `${name}.key`), 'utf8'),
      certificate: await readFile(join(folder, `${name}.crt`), 'utf8'),
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function writePair(folder: string, name: string, pair: KeyPair, write: WriteFile): Promise<void> {
  await write(join(folder, `${name}.key`), pair.key);
  await write(join(folder, `${name}.crt`), pair.certificate);
}
