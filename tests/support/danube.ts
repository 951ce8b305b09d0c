import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BootstrapConfig } from '@danube/core/adapters/bootstrap-config/bootstrap-config.js';
import { type RunningDanube, startDanube } from '@danube/core/composition/start-danube.js';
import type { Job } from '@danube/core/domain/job/job.js';
import type { StartJobRequest } from '@danube/core/services/jobs/start-job.js';
import { Tokens } from '@danube/core/services/tokens.js';
import { removeFromCluster } from './cluster-client.js';
import { pipelineDocument, teamDocument } from './config-documents.js';
import { freePorts } from './free-ports.js';
import { GitRepository } from './git-fixtures.js';
import {
  type InstanceSettings,
  localRuntime,
  onKubernetes,
  type SharedRepositories,
  shareRepositories,
  testRuntime,
} from './test-runtime.js';

/** The real composition on a temporary directory, in this process, whose jobs run where those of this test run do. */
export class TestDanube {
  running!: RunningDanube;
  #up = false;
  readonly project: GitRepository;
  readonly config: GitRepository;

  #runtime = localRuntime;
  #ports = { rpc: 0, grpc: 0 };
  #shared: SharedRepositories | undefined;

  protected constructor(readonly folder: string) {
    mkdirSync(this.dataDir);
    this.project = new GitRepository(join(folder, 'project'));
    this.config = new GitRepository(join(folder, 'config'));
  }

  get dataDir(): string {
    return join(this.folder, 'data');
  }

  /** Where jobs find the project. */
  get repositoryUrl(): string {
    return this.#shared?.urlOf(this.project) ?? this.project.url;
  }

  /** One pipeline `main` for the given pipeline file, with the given spec. */
  static async start(
    danubefile: string,
    spec: Readonly<Record<string, unknown>> = {},
    instance: InstanceSettings = {},
  ): Promise<TestDanube> {
    const danube = new TestDanube(mkdtempSync(join(tmpdir(), 'danube-test-')));
    const [rpc = 0, grpc = 0] = await freePorts(2);
    danube.#ports = { rpc, grpc };
    danube.#runtime = await testRuntime();
    danube.#shared = await shareRepositories(danube.folder);
    danube.project.commit({ 'danubefile.py': danubefile });
    danube.config.commit({
      'config.json': danube.#runtime.configDocument(instance),
      'teams.yaml': teamDocument(),
      'pipelines/main.json': pipelineDocument('main', danube.repositoryUrl, spec),
    });
    await danube.boot();
    return danube;
  }

  async boot(): Promise<void> {
    this.#up = true;
    this.running = await startDanube(this.bootstrap(), { output: process.stderr, version: '0.0.0-test' });
  }

  bootstrap(): BootstrapConfig {
    const { bindHost } = this.#runtime;
    const env = this.#runtime.environment(this.#ports);
    return {
      configRepo: { url: this.config.url, branch: 'main', syncIntervalMs: 3_600_000, sshKeyPath: undefined },
      server: {
        bindAddress: '127.0.0.1:0',
        rpcAddress: `${bindHost}:${this.#ports.rpc}`,
        grpcAddress: `${bindHost}:${this.#ports.grpc}`,
        dataDir: this.dataDir,
        publicUrl: undefined,
        metricsPublic: true,
        controlTlsCert: undefined,
        controlTlsKey: undefined,
        controlTlsCa: undefined,
      },
      logging: { level: process.env['DANUBE_LOG'] ?? 'error', format: 'json' },
      runtime: { kind: onKubernetes ? 'kubernetes' : 'local', isolation: 'none', localUser: undefined },
      kubernetes: {
        kubeconfig: env['DANUBE_KUBERNETES_KUBECONFIG'],
        jobsNamespace: 'danube-jobs',
        systemNamespace: 'danube-system',
        coordinatorImage: env['DANUBE_KUBERNETES_COORDINATOR_IMAGE'],
        rpcUrl: env['DANUBE_KUBERNETES_RPC_URL'],
        grpcAddress: env['DANUBE_KUBERNETES_GRPC_ADDRESS'],
        insecureControlPlane: false,
      },
    };
  }

  async trigger(request: Partial<StartJobRequest> = {}): Promise<Job> {
    const startJob = this.running.container.resolve(Tokens.StartJob);
    const { job } = await startJob.execute(
      { pipelineId: 'main', trigger: { type: 'manual', actor: 'test' }, ...request },
      AbortSignal.timeout(10_000),
    );
    return job;
  }

  /** The job as it is when it has reached one of the statuses, or has ended. */
  async until(id: string, ...statuses: Job['status'][]): Promise<Job> {
    let last: Job | undefined;
    for await (const job of this.running.container.resolve(Tokens.WatchJob).execute(id, AbortSignal.timeout(60_000))) {
      last = job;
      if (statuses.includes(job.status)) return job;
    }
    if (last === undefined) throw new Error(`there is no job ${id}`);
    return last;
  }

  /** Waits until the log is complete and answers its text. */
  async log(id: string): Promise<string> {
    let text = '';
    const store = this.running.container.resolve(Tokens.LogStore);
    for await (const event of store.follow(id, 0, AbortSignal.timeout(60_000))) {
      if (event.kind === 'text') text += event.bytes.toString();
    }
    return text;
  }

  /** Resolves with the log so far once it holds the text. */
  async logHas(id: string, wanted: string): Promise<string> {
    let text = '';
    const store = this.running.container.resolve(Tokens.LogStore);
    for await (const event of store.follow(id, 0, AbortSignal.timeout(60_000))) {
      if (event.kind === 'text') text += event.bytes.toString();
      if (text.includes(wanted)) return text;
    }
    throw new Error(`the log ended without "${wanted}":\n${text}`);
  }

  /** Stops the master and leaves its jobs running, as an upgrade does. */
  async halt(): Promise<void> {
    this.#up = false;
    await this.running.stop();
  }

  /** All of a job is gone, while no master is there to see it. */
  async loseJob(id: string): Promise<void> {
    const { cluster } = this.#runtime;
    if (cluster !== undefined) await removeFromCluster(cluster, this.dataDir);
    else await this.running.container.resolve(Tokens.JobRuntime).stopJob(id, 0);
    rmSync(join(this.dataDir, 'jobs', id), { recursive: true });
  }

  /** Ends everything, jobs too. */
  async stop(): Promise<void> {
    if (this.#up) await this.#endJobs();
    await this.halt();
    if (this.#runtime.cluster !== undefined) await removeFromCluster(this.#runtime.cluster, this.dataDir);
    await this.#shared?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #endJobs(): Promise<void> {
    const { container } = this.running;
    for (const { id } of await container.resolve(Tokens.JobRepository).listUnfinished()) {
      await container.resolve(Tokens.CancelJob).execute(id, 'the test is over');
      await this.log(id);
    }
  }
}
