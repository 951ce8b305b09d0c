import type { BuildFacts } from './build-facts.js';
import { gitFileUri, gitUri, imageResource } from './resource-uris.js';

export interface Material {
  readonly name?: string;
  readonly uri: string;
  readonly digest?: Readonly<Record<string, string>>;
}

/** What went into a build: the commit, then its pipeline file, then the images of worker and steps. */
export function sourceMaterials(facts: BuildFacts, commitAlgorithm: string): readonly [Material, ...Material[]] {
  const { job, steps, circumstances, pipelineFileSha256 } = facts;
  const { repositoryUrl, ref, commit } = job.source;
  const uri = gitUri(repositoryUrl, ref);
  const { pipelineFile: file, image } = circumstances;
  const images = new Set([image, ...steps.map((step) => step.image)].filter((name) => name !== undefined));
  return [
    { uri, digest: { [commitAlgorithm]: commit } },
    ...(pipelineFileSha256 === undefined
      ? []
      : [{ name: file, uri: gitFileUri(uri, file), digest: { sha256: pipelineFileSha256 } }]),
    ...[...images].map(imageResource),
  ];
}
