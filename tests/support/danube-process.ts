import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, readFileSync, type WriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { removeFromCluster } from './cluster-client.js';
import { freePorts } from './free-ports.js';
import { testRuntime } from './test-runtime.js';

const bin = fileURLToPath(new URL('../../packages/core/bin/danube.mjs', import.meta.url));

export interface JobBody {
  readonly id: string;
  readonly number: number;
  readonly status: string;
  readonly reason?: string;
  readonly steps: readonly {
    readonly name: string;
    readonly status: string;
    readonly exit_code?: number;
    readonly reason?: string;
  }[];
}

/**
 * A real `danube serve` in a process of its own, on ports that stay the same when it is started again, whose jobs run where
 * those of this test run do.
 */
export class DanubeProcess {
  #child: ChildProcess | undefined;
  /** Opens the web interface signed in, once; another one at each start. */
  signInAddress = '';

  private constructor(
    readonly dataDir: string,
    readonly address: string,
    private readonly env: Readonly<Record<string, string>>,
    /** All that the server prints, over all of its lives. */
    readonly output: WriteStream,
  ) {}

  /** What the server prints goes to `server.log` beside the data directory. */
  static async create(dataDir: string, configRepoUrl: string, extra: Readonly<Record<string, string>> = {}) {
    const [http, rpc = 0, grpc = 0] = await freePorts(3);
    const runtime = await testRuntime();
    return new DanubeProcess(
      dataDir,
      `127.0.0.1:${http}`,
      {
        DANUBE_DATA_DIR: dataDir,
        DANUBE_BIND_ADDRESS: `127.0.0.1:${http}`,
        DANUBE_RPC_ADDRESS: `${runtime.bindHost}:${rpc}`,
        DANUBE_GRPC_ADDRESS: `${runtime.bindHost}:${grpc}`,
        DANUBE_CONFIG_REPO_URL: configRepoUrl,
        DANUBE_CONFIG_REPO_SYNC_INTERVAL: '1s',
        DANUBE_LOG_FORMAT: 'json',
        ...runtime.environment({ rpc, grpc }),
        ...extra,
      },
      createWriteStream(join(dataDir, '..', 'server.log'), { flags: 'a' }),
    );
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Resolves once the server says where to open it; rejects with its last words when it ends before. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [bin, 'serve', '--print-address'], {
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/', ...this.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    let output = '';
    await new Promise<void>((resolve, reject) => {
      const take = (chunk: Buffer) => {
        this.output.write(chunk);
        output = (output + chunk.toString()).slice(-8_000);
        const address = /^open (\S+)$/m.exec(output)?.[1];
        if (address === undefined) return;
        this.signInAddress = address;
        resolve();
      };
      child.stdout.on('data', take);
      child.stderr.on('data', take);
      child.once('exit', (code, signal) => reject(new Error(`danube serve ended (${code ?? signal}): ${output}`)));
    });
  }

  /** Ends it as a power cut would, or as told, waits until it is gone and answers its exit code. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
    const child = this.#runningChild();
    if (child === undefined) return null;
    const gone = once(child, 'exit') as Promise<[number | null]>;
    child.kill(signal);
    return (await gone)[0];
  }

  /** Waits until it has ended by itself and answers the signal that did it. */
  async endsBy(): Promise<NodeJS.Signals | null> {
    const child = this.#runningChild();
    if (child !== undefined) await once(child, 'exit');
    return this.#child?.signalCode ?? null;
  }

  /** Cancels every job that has not ended, waits for their ends, and stops the server; nothing of its jobs is left then. */
  async stop(): Promise<void> {
    const { cluster } = await testRuntime();
    if (this.#runningChild() !== undefined) {
      const path = '/api/v1/jobs?limit=200&status=pending,scheduling,running';
      const { items } = await this.json<{ items: readonly JobBody[] }>('GET', path);
      for (const { id } of items) await this.json('POST', `/api/v1/jobs/${id}/cancel`, {});
      for (const { id } of items) await this.ended(id);
    }
    await this.kill('SIGTERM');
    if (cluster !== undefined) await removeFromCluster(cluster, this.dataDir);
  }

  #runningChild(): ChildProcess | undefined {
    const child = this.#child;
    return child === undefined || child.exitCode !== null || child.signalCode !== null ? undefined : child;
  }

  get token(): string {
    const path = join(this.dataDir, 'keys', 'admin.token');
    return existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  }

  async request(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`http://${this.address}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.request(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }

  job(id: string): Promise<JobBody> {
    return this.json('GET', `/api/v1/jobs/${id}`);
  }

  async log(id: string): Promise<string> {
    return (await this.request('GET', `/api/v1/jobs/${id}/logs`)).text();
  }

  /** Waits over the event stream until the job has ended. */
  async ended(id: string): Promise<JobBody> {
    const response = await this.request('GET', `/api/v1/jobs/${id}/logs/stream`);
    await response.text();
    return this.job(id);
  }
}
