import type { BuildFacts } from '@danube/core/domain/provenance/build-facts.js';
import { slsaV02Statement } from '@danube/core/domain/provenance/slsa-v02.js';
import { slsaV1Statement } from '@danube/core/domain/provenance/slsa-v1.js';
import type { Job } from '@danube/core/domain/job/job.js';
import type { Signer } from '@danube/core/services/ports/signer.js';
import { signStatement } from '@danube/core/services/provenance/sign-statement.js';
import type { TestDatabase } from './database.js';
import { sampleCircumstances } from './database-samples.js';

/** Writes the provenance of a job that has succeeded, as its end does. */
export async function attest(database: TestDatabase, job: Job, signer: Signer): Promise<void> {
  const facts: BuildFacts = {
    job,
    steps: [],
    artifacts: await database.artifacts.listByJob(job.id),
    circumstances: sampleCircumstances,
    pipelineFileSha256: 'e'.repeat(64),
    logSha256: 'f'.repeat(64),
  };
  await database.provenance.begin(job.id, facts.circumstances);
  await database.provenance.complete(job.id, {
    slsaV1: signStatement(slsaV1Statement(facts), signer),
    slsaV02: signStatement(slsaV02Statement(facts), signer),
  });
}
