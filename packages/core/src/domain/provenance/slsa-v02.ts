import { buildType } from './build-type.js';
import type { BuildFacts } from './build-facts.js';
import { builderId } from './build-mode.js';
import { buildTimes } from './build-times.js';
import { sourceMaterials } from './source-materials.js';
import { stepRecords } from './step-records.js';

/** The same facts as an in-toto Statement v0.1 with SLSA Provenance v0.2, for tools that read no other. */
export function slsaV02Statement(facts: BuildFacts) {
  const { job, artifacts, circumstances } = facts;
  const materials = sourceMaterials(facts, job.source.commit.length === 40 ? 'sha1' : 'sha256');
  const [{ uri, digest }] = materials;
  const { startedOn, finishedOn } = buildTimes(job);
  const entryPoint = circumstances.pipelineFile;
  return {
    _type: 'https://in-toto.io/Statement/v0.1',
    subject: artifacts.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
    predicateType: 'https://slsa.dev/provenance/v0.2',
    predicate: {
      builder: { id: builderId(circumstances.platformId, circumstances.mode) },
      buildType,
      invocation: {
        configSource: { uri, digest, entryPoint },
        parameters: { pipeline: job.pipelineName, env: job.env },
        environment: {
          danube_version: circumstances.danubeVersion,
          trigger: job.trigger.type,
          branch: job.source.branch,
          config_commit: circumstances.configCommit,
          isolation: circumstances.mode,
        },
      },
      buildConfig: { steps: stepRecords(facts.steps) },
      metadata: {
        buildInvocationId: job.id,
        buildStartedOn: startedOn,
        buildFinishedOn: finishedOn,
        completeness: { parameters: true, environment: false, materials: false },
        reproducible: false,
      },
      materials: materials.map((material) => ({
        uri: material.uri,
        ...(material.digest && { digest: material.digest }),
      })),
      // the word of v0.1 for it, which some readers still look for
      recipe: { type: 'https://danube.dev/DanubeFile/v1', definedInMaterial: 0, entryPoint },
    },
  };
}
