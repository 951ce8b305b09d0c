import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipelineDocument, teamDocument } from './config-documents.js';
import { DanubeProcess, type JobBody } from './danube-process.js';
import { GitRepository } from './git-fixtures.js';
import { readEvents } from './sse-reader.js';

export interface ServedPipeline {
  /** Text of its danubefile. */
  readonly file: string;
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** A real server process on a temporary folder, with some pipelines, each with a file of its own in one project. */
export class ServedProject {
  server!: DanubeProcess;
  readonly folder = mkdtempSync(join(tmpdir(), 'danube-e2e-'));
  readonly dataDir = join(this.folder, 'data');
  readonly project = new GitRepository(join(this.folder, 'project'));
  readonly config = new GitRepository(join(this.folder, 'config'));

  /**
   * Beside the given pipelines there is `good`, which succeeds: see {@link expectServing}. `prepare` is called with the
   * empty data directory.
   */
  static async start(
    pipelines: Readonly<Record<string, ServedPipeline>>,
    prepare: (dataDir: string) => void = () => undefined,
  ): Promise<ServedProject> {
    const served = new ServedProject();
    mkdirSync(served.dataDir);
    prepare(served.dataDir);
    const all = Object.entries({ ...pipelines, good: { file: 'from danube import step\nstep.run("echo fine")\n' } });
    served.project.commit(Object.fromEntries(all.map(([name, { file }]) => [`${name}.py`, file])));
    const documents = all.map(([name, { spec }]: [string, ServedPipeline]) => [
      `pipelines/${name}.json`,
      pipelineDocument(name, served.project.url, { file: `${name}.py`, ...spec }),
    ]);
    served.config.commit({
      'teams.yaml': teamDocument(),
      ...(Object.fromEntries(documents) as Record<string, string>),
    });
    served.server = await DanubeProcess.create(served.dataDir, served.config.url, {
      DANUBE_CONFIG_REPO_SYNC_INTERVAL: '1h',
    });
    await served.server.start();
    return served;
  }

  async trigger(pipeline: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
    const { id } = await this.server.json<JobBody>('POST', `/api/v1/pipelines/${pipeline}/trigger`, { env });
    return id;
  }

  /** Triggers a job and answers it once it has ended. */
  async run(pipeline: string, env: Readonly<Record<string, string>> = {}): Promise<JobBody> {
    return this.server.ended(await this.trigger(pipeline, env));
  }

  /** Resolves once the live log holds the text. */
  async logHas(id: string, wanted: string): Promise<void> {
    const response = await this.server.request('GET', `/api/v1/jobs/${id}/logs/stream`);
    let text = '';
    for await (const { event, data } of readEvents(response)) {
      if (event === 'log') text += (data as { text: string }).text;
      if (text.includes(wanted)) return;
    }
    throw new Error(`the log ended without ${JSON.stringify(wanted)}:\n${text}`);
  }

  /** What a step wrote to one stream, taken from the log; `\n` after a last line that had none. */
  async output(id: string, step: string, stream: 'stdout' | 'stderr' = 'stdout'): Promise<Buffer> {
    const response = await this.server.request('GET', `/api/v1/jobs/${id}/logs`);
    const log = Buffer.from(await response.arrayBuffer()).toString('latin1');
    const head = `] [${step}] [${stream}] `;
    const lines = log.split('\n').filter((line) => line.startsWith(head, line.indexOf(']')));
    const texts = lines.map((line) => `${line.slice(line.indexOf(']') + head.length)}\n`);
    return Buffer.from(texts.join(''), 'latin1');
  }

  /** The server still answers and still runs jobs. */
  async expectServing(): Promise<void> {
    const { status } = await this.run('good', { AT: String(performance.now()) });
    if (status !== 'success') throw new Error(`the server runs jobs no longer: ${status}`);
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Processes that were started with this text in their environment and still live. */
export function processesWith(mark: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .filter((pid) => environmentOf(pid).includes(mark));
}

function environmentOf(pid: string): string {
  const path = `/proc/${pid}/environ`;
  try {
    return existsSync(path) ? readFileSync(path, 'latin1') : '';
  } catch {
    return ''; // of another user, or gone meanwhile
  }
}
