import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { WorkingFolder } from '../adapters/git/working-folder.js';
import type { RunEvent } from '../domain/job/run-event.js';
import type { Pipeline } from '../domain/pipeline/pipeline.js';
import { Tokens } from '../services/tokens.js';
import { type Engine, openEngine, takeUpJobs } from './engine.js';
import { createTelemetry } from './telemetry.js';

export interface RunFolderRequest {
  /** Absolute path of the folder to run. */
  readonly directory: string;
  /** Path of the pipeline file within it. */
  readonly file: string;
  /** Branch that the pipeline sees; undefined: the one that is checked out. */
  readonly branch: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  /** What the pipeline gets from `secrets.get`, by name. */
  readonly secrets: Readonly<Record<string, string>>;
}

const dayMs = 86_400_000;
const maxConcurrentSteps = 16;

/**
 * Runs the folder's pipeline here and now with the engine of the server, on a data directory that lives as long as the
 * run. Aborting the signal cancels the job; its `finished` event still comes.
 */
export async function* runFolder(
  request: RunFolderRequest,
  version: string,
  signal: AbortSignal,
): AsyncIterable<RunEvent> {
  const dataDir = await mkdtemp(join(tmpdir(), 'danube-run-'));
  let engine: Engine | undefined;
  try {
    engine = await openEngine({
      dataDir,
      version,
      rpcAddress: '127.0.0.1:0',
      // whoever runs it could run the file in the same shell
      local: { isolation: 'none', localUser: undefined, secretFiles: [] },
      telemetry: createTelemetry({
        levels: process.env['DANUBE_LOG'] ?? 'error',
        format: 'auto',
        output: process.stderr,
        version,
      }),
      chooseCheckout: (_, runner) => new WorkingFolder(runner),
    });
    yield* runIn(engine, request, signal);
  } finally {
    await engine?.lifecycle.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function* runIn(engine: Engine, request: RunFolderRequest, signal: AbortSignal): AsyncIterable<RunEvent> {
  const { container, gitRunner, persistence } = engine;
  const branch =
    request.branch ?? (await new WorkingFolder(gitRunner).currentBranch(request.directory, signal)) ?? 'main';
  const pipeline = localPipeline(request, branch);
  await persistence.unitOfWork.run(async () => {
    await persistence.teams.upsert([localTeam]);
    await persistence.pipelines.upsert([pipeline]);
  });
  for (const [name, value] of Object.entries(request.secrets)) {
    await container.resolve(Tokens.Secrets).set(name, value, { kind: 'global' }, 'danube run');
  }
  // without a gRPC server the SDK uses the JSON control plane
  await takeUpJobs(engine, { rpcUrl: `http://${engine.rpcAddress}`, grpcAddress: '', ca: undefined });
  const started = await container.resolve(Tokens.StartJob).execute(
    {
      pipelineId: pipeline.id,
      trigger: { type: 'cli', actor: 'danube run' },
      env: request.env,
    },
    signal,
  );
  const cancel = () => void container.resolve(Tokens.CancelJob).execute(started.job.id, 'interrupted');
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  yield* container.resolve(Tokens.NarrateJob).execute(started.job.id);
}

const localTeam = { id: 'local', name: 'local', description: undefined, globalAdmin: false, members: [] };

function localPipeline({ directory, file }: RunFolderRequest, branch: string): Pipeline {
  const name =
    basename(directory)
      .toLowerCase()
      .replaceAll(/[^a-z0-9._-]+/g, '-')
      .replace(/^[^a-z0-9]+/, '') || 'folder';
  return {
    id: name,
    name,
    spec: {
      team: localTeam.name,
      description: undefined,
      repository: pathToFileURL(directory).href,
      branch,
      file,
      triggers: [{ type: 'manual' }],
      timeoutMs: dayMs,
      timeoutAction: 'kill',
      concurrency: 'queue',
      maxConcurrentJobs: undefined,
      maxConcurrentSteps,
      cloneSubmodules: false,
      cloneDepth: 1,
      webhookSecret: undefined,
      env: {},
      network: true,
      image: undefined,
      kubernetes: undefined,
      permissions: [],
    },
    origin: { file, line: 1 },
  };
}
