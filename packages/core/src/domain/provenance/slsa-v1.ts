import { buildType } from './build-type.js';
import type { BuildFacts } from './build-facts.js';
import { builderId } from './build-mode.js';
import { buildTimes } from './build-times.js';
import { sourceMaterials } from './source-materials.js';
import { stepRecords } from './step-records.js';

export const statementTypeV1 = 'https://in-toto.io/Statement/v1';
export const slsaV1 = 'https://slsa.dev/provenance/v1';

/** An in-toto Statement v1 with SLSA Provenance v1 about the artifacts, of which there is at least one. */
export function slsaV1Statement(facts: BuildFacts) {
  const { job, artifacts, circumstances } = facts;
  return {
    _type: statementTypeV1,
    subject: artifacts.map(({ name, sha256, signature }) => ({
      name,
      digest: { sha256 },
      ...(signature && { annotations: { signature: Buffer.from(signature).toString('base64') } }),
    })),
    predicateType: slsaV1,
    predicate: {
      buildDefinition: {
        buildType,
        externalParameters: {
          pipeline: job.pipelineName,
          repository: job.source.repositoryUrl,
          ref: job.source.ref,
          file: circumstances.pipelineFile,
          env: job.env,
        },
        internalParameters: {
          trigger: job.trigger.type,
          branch: job.source.branch,
          config_commit: circumstances.configCommit,
          isolation: circumstances.mode,
        },
        resolvedDependencies: sourceMaterials(facts, 'gitCommit'),
      },
      runDetails: {
        builder: {
          id: builderId(circumstances.platformId, circumstances.mode),
          version: { danube: circumstances.danubeVersion },
        },
        metadata: { invocationId: job.id, ...buildTimes(job) },
        byproducts: [
          {
            name: 'log',
            mediaType: 'text/plain',
            digest: { sha256: facts.logSha256 },
            annotations: { steps: stepRecords(facts.steps) },
          },
        ],
      },
    },
  };
}
