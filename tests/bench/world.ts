import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipelineDocument, teamDocument } from '../support/config-documents.js';
import { DanubeProcess } from '../support/danube-process.js';
import { GitRepository } from '../support/git-fixtures.js';

/** A real server in its own process with its own repositories, thrown away afterwards. */
export interface World {
  readonly folder: string;
  readonly server: DanubeProcess;
  readonly project: GitRepository;
  readonly config: GitRepository;
  readonly dispose: () => Promise<void>;
}

export interface WorldOptions {
  readonly danubefile: string;
  readonly pipelines: readonly string[];
  readonly maxConcurrent?: number;
}

export async function createWorld({ danubefile, pipelines, maxConcurrent = 4 }: WorldOptions): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'danube-bench-'));
  mkdirSync(join(folder, 'data'));
  const project = new GitRepository(join(folder, 'project'));
  project.commit({ 'danubefile.py': danubefile, 'README.md': '# bench\n' });
  const config = new GitRepository(join(folder, 'config'));
  config.commit({
    'config.yaml': `jobs:\n  max_concurrent: ${maxConcurrent}\n`,
    'teams.yaml': teamDocument(),
    'pipelines.json.yaml': pipelines.map((name) => pipelineDocument(name, project.url)).join('---\n'),
  });
  const server = await DanubeProcess.create(join(folder, 'data'), config.url, { DANUBE_LOG: 'warn,danube=info' });
  const dispose = async () => {
    await server.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, server, project, config, dispose };
}

export async function trigger(
  server: DanubeProcess,
  pipeline: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { id } = await server.json<{ id: string }>('POST', `/api/v1/pipelines/${pipeline}/trigger`, { env });
  return id;
}

export async function triggerToEnd(server: DanubeProcess, pipeline: string): Promise<string> {
  const id = await trigger(server, pipeline);
  const job = await server.ended(id);
  if (job.status !== 'success') throw new Error(`job ${id}: ${job.status} ${job.reason}\n${await server.log(id)}`);
  return id;
}

/** Waits without reading the log, so that the reader does not share the processor with what is measured. */
export async function endedQuietly(server: DanubeProcess, id: string) {
  for (;;) {
    const job = await server.json<{ status: string; reason?: string; started_at: string; finished_at?: string }>(
      'GET',
      `/api/v1/jobs/${id}`,
    );
    if (job.finished_at !== undefined && job.finished_at !== null) {
      if (job.status !== 'success') throw new Error(`job ${id}: ${job.status} ${job.reason}`);
      return { started_at: job.started_at, finished_at: job.finished_at };
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
