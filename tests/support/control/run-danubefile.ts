import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sdk = fileURLToPath(new URL('../../../sdk/src', import.meta.url));

export type Transport = 'grpc' | 'http';

export interface FinishedRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Endpoints {
  readonly rpc: string;
  readonly grpc: string;
  /** PEM of the authorities to trust; undefined: clear text. */
  readonly ca?: string | undefined;
}

/** Python that can import grpc, if there is one. */
export const pythonWithGrpc = ['python3', '/usr/bin/python3'].find((python) => {
  try {
    execFileSync(python, ['-c', 'import grpc, google.protobuf'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});

export const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

/** A folder with a danubefile.py and a connection file, as a runtime makes it for a job. */
export class CoordinatorFolder {
  private constructor(private readonly folder: string) {}

  static async create(): Promise<CoordinatorFolder> {
    return new CoordinatorFolder(await mkdtemp(join(tmpdir(), 'danube-coordinator-')));
  }

  /** Replaces the connection file in one go. */
  async connect({ rpc, grpc, ca }: Endpoints, token = 'token-of-job-1'): Promise<void> {
    const scheme = ca === undefined ? 'http' : 'https';
    const connection = { rpc_url: `${scheme}://${rpc}`, grpc_address: grpc, ca: ca ?? null, token, traceparent };
    await writeFile(join(this.folder, 'connection.new'), JSON.stringify(connection));
    await rename(join(this.folder, 'connection.new'), join(this.folder, 'connection.json'));
  }

  /** `onStdout` is told what has come on stdout so far, each time that more comes. */
  async run(
    transport: Transport,
    source: string,
    env: Readonly<Record<string, string>> = {},
    onStdout: (stdout: string) => void = () => undefined,
  ): Promise<FinishedRun> {
    await writeFile(join(this.folder, 'danubefile.py'), source);
    const python = transport === 'grpc' ? (pythonWithGrpc ?? 'python3') : 'python3';
    const child = spawn(python, ['-m', 'danube', 'danubefile.py'], {
      cwd: this.folder,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: process.env['HOME'] ?? '/',
        PYTHONPATH: sdk,
        DANUBE_CONNECTION_FILE: join(this.folder, 'connection.json'),
        DANUBE_TRANSPORT: transport,
        DANUBE_JOB_ID: 'job-1',
        DANUBE_BRANCH: 'main',
        DANUBE_DEADLINE: String(Date.now() + 30_000),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.stdout.push(chunk);
      onStdout(Buffer.concat(chunks.stdout).toString());
    });
    child.stderr.on('data', (chunk: Buffer) => chunks.stderr.push(chunk));
    const [exitCode] = (await once(child, 'close')) as [number | null];
    return {
      exitCode,
      stdout: Buffer.concat(chunks.stdout).toString(),
      stderr: Buffer.concat(chunks.stderr).toString(),
    };
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}
