import type { PodRequest } from '../../../domain/kubernetes/pod-request.js';
import type { Permission, Pipeline, PipelineSpec, PipelineTrigger } from '../../../domain/pipeline/pipeline.js';
import { repositoryKey } from '../../../domain/repository/repository-key.js';
import type { PipelinePermissionRow } from '../entities/pipeline-permission-row.js';
import type { PipelineRow } from '../entities/pipeline-row.js';

export function toDomain(row: PipelineRow, permissions: readonly PipelinePermissionRow[]): Pipeline {
  return {
    id: row.id,
    name: row.name,
    spec: {
      team: row.team_id,
      description: row.description ?? undefined,
      repository: row.repository,
      branch: row.branch,
      file: row.file,
      triggers: row.triggers === null ? undefined : (JSON.parse(row.triggers) as PipelineTrigger[]),
      timeoutMs: row.timeout_ms,
      timeoutAction: row.timeout_action as PipelineSpec['timeoutAction'],
      concurrency: row.concurrency as PipelineSpec['concurrency'],
      maxConcurrentJobs: row.max_concurrent_jobs ?? undefined,
      maxConcurrentSteps: row.max_concurrent_steps,
      cloneSubmodules: row.clone_submodules === 1,
      cloneDepth: row.clone_depth,
      webhookSecret: row.webhook_secret ?? undefined,
      env: JSON.parse(row.env) as Record<string, string>,
      network: row.network === 1,
      image: row.image ?? undefined,
      kubernetes: row.kubernetes === null ? undefined : (JSON.parse(row.kubernetes) as PodRequest),
      permissions: permissions
        .toSorted((a, b) => a.position - b.position)
        .map(({ team_id, permission }) => ({ team: team_id, permission: permission as Permission })),
    },
    origin: { file: row.origin_file, line: row.origin_line },
  };
}

export function toRow({ id, name, spec, origin }: Pipeline): PipelineRow {
  return {
    id,
    name,
    team_id: spec.team,
    description: spec.description ?? null,
    repository: spec.repository,
    repository_key: repositoryKey(spec.repository),
    branch: spec.branch,
    file: spec.file,
    triggers: spec.triggers === undefined ? null : JSON.stringify(spec.triggers),
    timeout_ms: spec.timeoutMs,
    timeout_action: spec.timeoutAction,
    concurrency: spec.concurrency,
    max_concurrent_jobs: spec.maxConcurrentJobs ?? null,
    max_concurrent_steps: spec.maxConcurrentSteps,
    clone_submodules: spec.cloneSubmodules ? 1 : 0,
    clone_depth: spec.cloneDepth,
    webhook_secret: spec.webhookSecret ?? null,
    env: JSON.stringify(spec.env),
    network: spec.network ? 1 : 0,
    image: spec.image ?? null,
    kubernetes: spec.kubernetes === undefined ? null : JSON.stringify(spec.kubernetes),
    origin_file: origin.file,
    origin_line: origin.line,
  };
}

export function toPermissionRows({ id, spec }: Pipeline): PipelinePermissionRow[] {
  return spec.permissions.map(({ team, permission }, position) => ({
    pipeline_id: id,
    position,
    team_id: team,
    permission,
  }));
}
