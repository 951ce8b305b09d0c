import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClusterClient } from './cluster-client.js';
import { pipelineDocument, teamDocument } from './config-documents.js';
import { DanubeProcess, type JobBody } from './danube-process.js';
import { GitRepository } from './git-fixtures.js';
import { JobSignals, signalsProgram } from './job-signals.js';
import { readEvents } from './sse-reader.js';
import {
  type InstanceSettings,
  type SharedRepositories,
  shareRepositories,
  testRuntime,
  type TestRuntime,
} from './test-runtime.js';

export interface ServedPipeline {
  /** Text of its danubefile. */
  readonly file: string;
  readonly spec?: Readonly<Record<string, unknown>>;
}

export interface ServedOptions {
  /** Called with the empty data directory. */
  readonly prepare?: (dataDir: string) => void;
  /** How often the server looks for another configuration. */
  readonly syncInterval?: string;
  /** Of the instance. */
  readonly settings?: InstanceSettings;
  /** How jobs on the local runtime are isolated: as well as this machine can, where it says nothing. */
  readonly isolation?: string;
}

/** A real server process on a temporary folder, with some pipelines, each with a file of its own in one project. */
export class ServedProject {
  server!: DanubeProcess;
  /** Awaited before a pod gets the commit that it asks for. */
  beforeObjects: () => Promise<void> = () => Promise.resolve();
  readonly folder = mkdtempSync(join(tmpdir(), 'danube-e2e-'));
  readonly dataDir = join(this.folder, 'data');
  readonly project = new GitRepository(join(this.folder, 'git', 'project'));
  readonly config = new GitRepository(join(this.folder, 'config'));

  private constructor(
    readonly runtime: TestRuntime,
    /** How steps and this test meet; `signals.py` lies in the project, `SIGNALS` is in the environment of jobs. */
    readonly signals: JobSignals,
  ) {}

  #shared!: SharedRepositories;
  #cluster: ClusterClient | undefined;

  /**
   * Beside the given pipelines there is `good`, which succeeds: see {@link expectServing}.
   */
  static async start(
    pipelines: Readonly<Record<string, ServedPipeline>>,
    { prepare = () => undefined, syncInterval = '1h', settings, isolation = 'auto' }: ServedOptions = {},
  ): Promise<ServedProject> {
    const served = new ServedProject(await testRuntime(), await JobSignals.start());
    served.#shared = await shareRepositories(join(served.folder, 'git'), () => served.beforeObjects());
    mkdirSync(served.dataDir);
    prepare(served.dataDir);
    const all = Object.entries({ ...pipelines, good: { file: 'from danube import step\nstep.run("echo fine")\n' } });
    served.project.commit({
      'signals.py': signalsProgram,
      ...Object.fromEntries(all.map(([name, { file }]) => [`${name}.py`, file])),
    });
    const env = { SIGNALS: served.signals.address };
    const documents = all.map(([name, { spec }]: [string, ServedPipeline]) => [
      `pipelines/${name}.json`,
      pipelineDocument(name, served.repositoryUrl, { file: `${name}.py`, env, ...spec }),
    ]);
    served.config.commit({
      'config.json': served.runtime.configDocument(settings),
      'teams.yaml': teamDocument(),
      ...(Object.fromEntries(documents) as Record<string, string>),
    });
    served.server = await DanubeProcess.create(served.dataDir, served.config.url, {
      DANUBE_CONFIG_REPO_SYNC_INTERVAL: syncInterval,
      DANUBE_RUNTIME_ISOLATION: isolation,
    });
    await served.server.start();
    return served;
  }

  /** Where jobs find the project. */
  get repositoryUrl(): string {
    return this.#shared.urlOf(this.project);
  }

  /** Puts settings into force in place of those before. */
  async configure(settings: InstanceSettings): Promise<void> {
    this.config.commit({ 'config.json': this.runtime.configDocument(settings) });
    const { status, ...rest } = await this.server.json<{ status: string }>('POST', '/api/v1/config/sync');
    if (status !== 'applied') throw new Error(`the configuration was not applied: ${JSON.stringify(rest)}`);
  }

  /** The cluster of the jobs, looked at from outside of the server. */
  async cluster(): Promise<ClusterClient> {
    if (this.runtime.cluster === undefined) throw new Error('these jobs run in no cluster');
    return (this.#cluster ??= await ClusterClient.open(this.runtime.cluster));
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
    this.#cluster?.close();
    this.signals.close();
    await this.#shared.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Processes of this machine that were started with this text in their environment and still live. */
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
