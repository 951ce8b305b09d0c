import type { BuildCircumstances } from '../../domain/provenance/build-facts.js';
import type { Envelope } from '../../domain/provenance/dsse.js';

/** The same facts in each format. */
export interface ProvenanceDocuments {
  readonly slsaV1: Envelope;
  readonly slsaV02: Envelope;
}

export interface ProvenanceRecord {
  readonly circumstances: BuildCircumstances;
  /** Undefined until the job has succeeded, and for good where it does not, or leaves no artifact. */
  readonly documents: ProvenanceDocuments | undefined;
}

export interface ProvenanceRepository {
  /** Notes under which circumstances the job starts, in place of those of an earlier start that came to nothing. */
  begin(jobId: string, circumstances: BuildCircumstances): Promise<void>;
  find(jobId: string): Promise<ProvenanceRecord | undefined>;
  /** Adds the documents, once: false where the job has some, which stay as they are. */
  complete(jobId: string, documents: ProvenanceDocuments): Promise<boolean>;
}
