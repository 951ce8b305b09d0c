import type { Job, JobDetail, Pipeline, PipelineDetail, Step } from './api/types.ts';

/** Whole and valid values, so that a test names only what it is about. */
export function sampleJob(changes: Partial<Job> = {}): Job {
  return {
    id: '0198a000-0000-7000-8000-000000000001',
    number: 7,
    pipeline_id: 'web',
    pipeline: 'web',
    status: 'success',
    trigger: { type: 'manual', ref: 'refs/heads/main', actor: 'ada' },
    source: {
      repository: 'https://git.example.org/web.git',
      ref: 'refs/heads/main',
      branch: 'main',
      commit: '4f0c1f4b2a9d5e6c7b8a9d0e1f2a3b4c5d6e7f80',
    },
    with_secrets: true,
    created_at: '2026-01-06T12:00:00.000Z',
    scheduled_at: '2026-01-06T12:00:02.000Z',
    started_at: '2026-01-06T12:00:05.000Z',
    finished_at: '2026-01-06T12:01:05.000Z',
    ...changes,
  };
}

export function sampleStep(sequence: number, changes: Partial<Step> = {}): Step {
  return {
    sequence,
    name: `step ${sequence}`,
    command: 'make',
    status: 'success',
    created_at: '2026-01-06T12:00:10.000Z',
    started_at: '2026-01-06T12:00:10.000Z',
    finished_at: '2026-01-06T12:00:40.000Z',
    ...changes,
  };
}

export function sampleJobDetail(changes: Partial<JobDetail> = {}): JobDetail {
  return { ...sampleJob(), env: {}, steps: [], artifacts: [], ...changes };
}

export function samplePipeline(changes: Partial<Pipeline> = {}): Pipeline {
  return {
    id: 'web',
    name: 'web',
    team: 'platform',
    repository: 'https://git.example.org/web.git',
    branch: 'main',
    recent_jobs: [],
    ...changes,
  };
}

export function samplePipelineDetail(changes: Partial<PipelineDetail> = {}): PipelineDetail {
  return {
    ...samplePipeline(),
    file: 'danubefile.py',
    triggers: [{ type: 'manual' }],
    trigger_origin: { kind: 'config', problems: [] },
    schedules: [],
    timeout_seconds: 3600,
    timeout_action: 'kill',
    concurrency: 'queue',
    max_concurrent_steps: 4,
    clone_submodules: false,
    env: {},
    permissions: [],
    origin: { file: 'pipelines/web.yaml', line: 3 },
    ...changes,
  };
}
