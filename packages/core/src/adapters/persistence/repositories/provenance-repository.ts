import { inject, injectable } from 'tsyringe';
import type { BuildCircumstances } from '../../../domain/provenance/build-facts.js';
import type { Envelope } from '../../../domain/provenance/dsse.js';
import type {
  ProvenanceDocuments,
  ProvenanceRecord,
  ProvenanceRepository,
} from '../../../services/ports/provenance-repository.js';
import { DatabaseToken } from '../database-token.js';
import type { Database } from '../database.js';
import { ProvenanceRow } from '../entities/provenance-row.js';
import { upsertInto } from '../statements.js';

@injectable()
export class SqlProvenanceRepository implements ProvenanceRepository {
  constructor(@inject(DatabaseToken) private readonly database: Database) {}

  async begin(jobId: string, circumstances: BuildCircumstances): Promise<void> {
    const row = { job_id: jobId, circumstances: JSON.stringify(circumstances) };
    for (const { sql, parameters } of upsertInto('provenance', ['job_id'], [row])) {
      await this.database.execute(sql, parameters);
    }
  }

  async find(jobId: string): Promise<ProvenanceRecord | undefined> {
    const row = await this.database.read.findOneBy(ProvenanceRow, { job_id: jobId });
    return row === null ? undefined : toDomain(row);
  }

  async complete(jobId: string, { slsaV1, slsaV02 }: ProvenanceDocuments): Promise<boolean> {
    const changed = await this.database.execute(
      'UPDATE provenance SET slsa_v1 = ?, slsa_v02 = ? WHERE job_id = ? AND slsa_v1 IS NULL',
      [JSON.stringify(slsaV1), JSON.stringify(slsaV02), jobId],
    );
    return changed === 1;
  }
}

function toDomain({ circumstances, slsa_v1: slsaV1, slsa_v02: slsaV02 }: ProvenanceRow): ProvenanceRecord {
  return {
    circumstances: JSON.parse(circumstances) as BuildCircumstances,
    documents:
      slsaV1 === null || slsaV02 === null
        ? undefined
        : { slsaV1: JSON.parse(slsaV1) as Envelope, slsaV02: JSON.parse(slsaV02) as Envelope },
  };
}
