import { slsaBuildLevel } from '../../domain/provenance/build-mode.js';
import { repositoryName } from '../../domain/repository/repository-name.js';
import type { Statement } from './statement.js';

/** How an artifact came about, as `--json` prints it. */
export interface Build {
  readonly builder: string;
  readonly danube_version: string;
  readonly repository: string;
  readonly commit: string;
  readonly ref: string;
  readonly branch: string;
  readonly pipeline: string;
  readonly job_id: string;
  readonly finished_at: string;
  readonly isolation: string;
  /** Absent where this version does not know the isolation. */
  readonly slsa_build_level?: number;
}

export function readBuild({ predicate }: Statement): Build {
  const { buildDefinition, runDetails } = predicate;
  const { externalParameters, internalParameters, resolvedDependencies } = buildDefinition;
  const level = slsaBuildLevel(internalParameters.isolation);
  return {
    builder: runDetails.builder.id,
    danube_version: runDetails.builder.version.danube,
    repository: externalParameters.repository,
    commit: resolvedDependencies[0]?.digest?.gitCommit ?? '',
    ref: externalParameters.ref,
    branch: internalParameters.branch,
    pipeline: externalParameters.pipeline,
    job_id: runDetails.metadata.invocationId,
    finished_at: runDetails.metadata.finishedOn,
    isolation: internalParameters.isolation,
    ...(level !== undefined && { slsa_build_level: level }),
  };
}

/** The same for people, a line each. */
export function describeBuild(build: Build): readonly string[] {
  const { repository, commit, branch, builder, danube_version: version, slsa_build_level: level } = build;
  return [
    `Built from ${repositoryName(repository) || repository} @ commit ${commit}`,
    `Branch: ${branch}`,
    `Job: ${build.job_id} of pipeline ${build.pipeline}, ${build.finished_at}`,
    `Builder: Danube v${version} (${builder})`,
    ...(level === undefined
      ? []
      : [`SLSA Build Level ${level}${level === 1 ? ': jobs were not isolated from the signing key' : ''}`]),
  ];
}
