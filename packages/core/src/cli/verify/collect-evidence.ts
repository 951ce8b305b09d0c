import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readPublicKey } from './public-key.js';
import type { ServerEvidence } from './server-evidence.js';
import { signatureMalformed, unreadableFile } from './verification-errors.js';
import type { Evidence } from './verify-artifact.js';

/** Files that are taken instead of asking the server. */
export interface EvidenceFiles {
  readonly signature?: string;
  readonly provenance?: string;
  readonly publicKey?: string;
}

const signatureBytes = 64;

/** From files where they are given, and from the server else, which is not asked at all where all three are. */
export async function collectEvidence(
  cwd: string,
  files: EvidenceFiles,
  connect: () => Promise<ServerEvidence>,
): Promise<Evidence> {
  let connected: Promise<ServerEvidence> | undefined;
  const server = () => (connected ??= connect());
  const read = (option: string, file: string) =>
    readFile(path.resolve(cwd, file)).catch((error: unknown) => {
      throw unreadableFile(option, file, error);
    });
  const { signature, provenance, publicKey } = files;
  return {
    publicKey:
      publicKey === undefined
        ? await (await server()).publicKey()
        : readPublicKey((await read('--public-key', publicKey)).toString(), publicKey),
    signature:
      signature === undefined
        ? await (await server()).signature()
        : checkLength(await read('--signature', signature), signature),
    provenance:
      provenance === undefined
        ? await (await server()).provenance()
        : { text: (await read('--provenance', provenance)).toString(), origin: provenance },
  };
}

function checkLength(signature: Buffer, file: string): Buffer {
  if (signature.length !== signatureBytes) throw signatureMalformed(file, signature.length, signatureBytes);
  return signature;
}
