import { verify } from 'node:crypto';
import { isFileOf } from '../../domain/artifact/artifact-name.js';
import { signedContent } from '../../domain/artifact/signed-content.js';
import { type NamedText, openEnvelope } from './open-envelope.js';
import type { PublicKey } from './public-key.js';
import type { Statement } from './statement.js';
import { artifactChanged, notInProvenance, provenanceOfOtherJob, signatureInvalid } from './verification-errors.js';

/** A file, by its name without folders and its content. */
export interface ArtifactFile {
  readonly name: string;
  readonly sha256: string;
}

/** What an artifact is held against. */
export interface Evidence {
  readonly signature: Uint8Array;
  readonly provenance: NamedText;
  readonly publicKey: PublicKey;
}

/**
 * The statement of the provenance, once everything was checked. `onCheck` is told each thing that was found good, in words.
 * @throws DanubeError of the first thing that is not; its code says which
 */
export function verifyArtifact(
  file: ArtifactFile,
  { signature, provenance, publicKey }: Evidence,
  onCheck: (check: string) => void,
): Statement {
  const statement = openEnvelope(provenance, publicKey);
  onCheck(`Provenance valid (signed with key ${publicKey.id})`);
  const isSigned = verify(null, signedContent(file.sha256), publicKey.key, signature);
  const isListed = statement.subject.some(({ digest }) => digest.sha256 === file.sha256);
  if (isSigned) onCheck(`Signature valid (signed by ${statement.predicate.runDetails.builder.id})`);
  if (!isSigned || !isListed) throw explain(file, statement, isSigned, isListed);
  onCheck(`Checksum matches provenance (sha256: ${file.sha256})`);
  return statement;
}

/** A signature alone does not say why it does not fit; together with the list of the provenance it does. */
function explain(file: ArtifactFile, statement: Statement, isSigned: boolean, isListed: boolean): Error {
  if (isListed) return signatureInvalid(file.name);
  const namesake = statement.subject.find(({ name }) => isFileOf(name, file.name));
  if (!isSigned) return artifactChanged(file, namesake?.digest.sha256);
  const jobId = statement.predicate.runDetails.metadata.invocationId;
  if (namesake !== undefined) return provenanceOfOtherJob(file.name, jobId);
  return notInProvenance(
    file.name,
    jobId,
    statement.subject.map(({ name }) => name),
  );
}
