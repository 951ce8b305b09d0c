import { signatureMissing } from '../../domain/artifact/signature-missing.js';
import type { ApiClient } from '../client/api-client.js';
import type { ArtifactView } from '../client/api-types.js';
import { fetchProvenance } from '../client/fetch-provenance.js';
import { fetchSigningKey } from '../client/fetch-signing-key.js';
import { findArtifact } from './find-artifact.js';
import type { NamedText } from './open-envelope.js';
import { type PublicKey, readPublicKey } from './public-key.js';
import type { ArtifactFile } from './verify-artifact.js';

/** What a server has about a file; it is asked for nothing that nobody wants. */
export class ServerEvidence {
  #artifact: Promise<ArtifactView> | undefined;

  constructor(
    private readonly client: ApiClient,
    private readonly file: ArtifactFile,
    /** As a person names it; undefined: the newest with this content. */
    private readonly job: string | undefined,
  ) {}

  async signature(): Promise<Uint8Array> {
    const { signature, name, job_id: jobId } = await this.#find();
    if (signature === undefined) throw signatureMissing(jobId, name);
    return Buffer.from(signature, 'base64');
  }

  async provenance(): Promise<NamedText> {
    const { job_id: jobId } = await this.#find();
    const text = await fetchProvenance(this.client, jobId, 'slsa-v1');
    return { text, origin: `the provenance of job ${jobId}` };
  }

  async publicKey(): Promise<PublicKey> {
    return readPublicKey(await fetchSigningKey(this.client), this.client.server);
  }

  #find(): Promise<ArtifactView> {
    this.#artifact ??= findArtifact(this.client, this.file, this.job);
    return this.#artifact;
  }
}
