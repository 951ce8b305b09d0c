import type { DependencyContainer } from 'tsyringe';
import { Ed25519Signer } from '../../adapters/crypto/ed25519-signer.js';
import { Sha256ContentHasher } from '../../adapters/crypto/sha256-content-hasher.js';
import { readOrCreateSigningKey } from '../../adapters/filesystem/signing-key.js';
import type { BuildMode } from '../../domain/provenance/build-mode.js';
import type { Logger } from '../../services/ports/logger.js';
import { DigestPipelineFile } from '../../services/provenance/digest-pipeline-file.js';
import { ReadProvenance } from '../../services/provenance/read-provenance.js';
import { RecordCircumstances } from '../../services/provenance/record-circumstances.js';
import { WriteProvenance } from '../../services/provenance/write-provenance.js';
import { Tokens } from '../../services/tokens.js';
import type { DataDirectory } from '../data-directory.js';
import { registerClass } from './register.js';

export interface ProvenanceOptions {
  /** Where this server is reached; undefined: the id of its key stands for it. */
  readonly publicUrl: string | undefined;
  readonly danubeVersion: string;
  readonly mode: BuildMode;
  readonly attests: boolean;
}

/** The key of this server, and what is signed with it. Fails where the key's files are not usable. */
export async function registerProvenance(
  container: DependencyContainer,
  data: DataDirectory,
  { publicUrl, ...platform }: ProvenanceOptions,
  logger: Logger,
): Promise<void> {
  const key = await readOrCreateSigningKey(data.signingKey);
  const signer = new Ed25519Signer(key.privateKey);
  if (key.created) {
    const message = 'made a signing key; who checks artifacts of this server needs its public half';
    logger.info(message, { key_id: signer.keyId, public_key: signer.publicKeyPem });
  }
  const platformId = publicUrl?.replace(/\/+$/, '') ?? `https://danube.dev/instances/${signer.keyId.slice(0, 16)}`;
  container.registerInstance(Tokens.Signer, signer);
  container.registerInstance(Tokens.ContentHasher, new Sha256ContentHasher());
  container.registerInstance(Tokens.BuildPlatform, { platformId, ...platform });
  registerClass(container, Tokens.DigestPipelineFile, DigestPipelineFile);
  registerClass(container, Tokens.RecordCircumstances, RecordCircumstances);
  registerClass(container, Tokens.WriteProvenance, WriteProvenance);
  registerClass(container, Tokens.ReadProvenance, ReadProvenance);
}
