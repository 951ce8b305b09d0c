import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DanubeError } from '@danube/plugin-api';
import type { StepSpec } from '../../services/ports/job-runtime.js';
import { quoteForShell } from '../step-supervisor/render-files.js';
import { isFileMissing } from '../step-supervisor/file-errors.js';
import { accountOf, type JobAccount } from './isolation/isolation.js';
import type { JobIsolation } from './isolation/job-isolation.js';
import type { JobFolder } from './job-folder.js';

const run = promisify(execFile);
const engines = ['podman', 'docker'] as const;
type Engine = (typeof engines)[number];
const answerMs = 10_000;

/** The step's own variables and command within its process folder, where `command` starts the container. */
export const containedFiles = { env: 'contained-env', command: 'contained-command' } as const;

/** Runs steps that name an image in a container of podman or docker, whichever works on this machine. */
export class ContainerEngine {
  #engine: Engine | undefined;

  /**
   * The command that runs the step's container: same workspace under the same path, same environment, and of the job's
   * other files none.
   * @throws DanubeError `container_engine_missing`
   */
  async prepare(
    step: StepSpec,
    image: string,
    folder: JobFolder,
    { isolation, network }: JobIsolation,
  ): Promise<string> {
    const engine = (this.#engine ??= await findEngine(step, image));
    const name = `danube-${step.jobId}-${step.sequence}`;
    await mkdir(folder.containers, { recursive: true });
    await writeFile(join(folder.containers, name), engine);
    const [env, command] = [containedFiles.env, containedFiles.command].map((file) =>
      join(folder.process(step.sequence), file),
    ) as [string, string];
    const words = [
      ...[
        'run',
        '--rm',
        '--init',
        '--name',
        name,
        '--workdir',
        folder.workspace,
        ...userOptions(engine, accountOf(isolation)),
      ],
      ...(network ? [] : ['--network', 'none']),
      ...['--security-opt', 'label=disable', '--volume', `${folder.workspace}:${folder.workspace}`],
      ...[folder.environmentFile, env, command].flatMap((file) => ['--volume', `${file}:${file}:ro`]),
      ...['--entrypoint', '/bin/sh', image, '-c', '. "$1" && exec /bin/sh "$2"', 'danube-step'],
      ...[env, command],
    ];
    return `exec ${engine} ${words.map(quoteForShell).join(' ')}`;
  }

  /** Removes the containers of a job, or the one of a step: killing the engine's client leaves them running. */
  async remove(folder: JobFolder, sequence?: number): Promise<void> {
    for (const name of await containersOf(folder)) {
      if (sequence !== undefined && !name.endsWith(`-${sequence}`)) continue;
      const record = join(folder.containers, name);
      await run(await readFile(record, 'utf8'), ['rm', '--force', '--volumes', name]).catch(ignoreMissing);
      await rm(record, { force: true });
    }
  }
}

async function findEngine({ name }: StepSpec, image: string): Promise<Engine> {
  for (const engine of engines) {
    // docker answers this with success only when its daemon can be reached
    const works = await run(engine, ['version'], { timeout: answerMs }).then(
      () => true,
      () => false,
    );
    if (works) return engine;
  }
  throw new DanubeError(
    'container_engine_missing',
    `Step "${name}" asks for the image ${image}, but neither podman nor docker works here. Install podman, ` +
      'or see that `docker version` reaches its daemon, or remove the image from the step.',
    { category: 'invalid' },
  );
}

/** Files that the step makes in the workspace are to belong to the user who cleans it up. */
function userOptions(engine: Engine, account: JobAccount | undefined): readonly string[] {
  if (account !== undefined) return ['--user', `${account.uid}:${account.gid}`];
  const uid = process.getuid?.() ?? 0;
  if (uid === 0) return [];
  return engine === 'podman' ? ['--userns', 'keep-id'] : ['--user', `${uid}:${process.getgid?.() ?? uid}`];
}

async function containersOf(folder: JobFolder): Promise<readonly string[]> {
  try {
    return await readdir(folder.containers);
  } catch (error) {
    if (isFileMissing(error)) return [];
    throw error;
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && /no (such )?container/i.test(error.message))) throw error;
}
