import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { CheckoutReport, CheckoutRequest } from '@danube/core/services/ports/source-checkout.js';
import { CheckoutFixture } from './checkout-fixture.js';
import { type GitHttpServer, startGitHttpServer } from './git-http-server.js';

const tools = ['cat', 'df', 'find', 'grep', 'head', 'rm', 'sed', 'sleep', 'tail', 'tr'];

/** A shell and the tools beside it. */
export type Shell = 'dash' | 'busybox';

/** Runs checkouts as a pod does: files in a folder, a shell with a bare environment, and an outcome in a file. */
export class CheckoutProgramFixture extends CheckoutFixture {
  readonly files = join(this.folder, 'credentials of the pod');
  readonly outcomeFile = join(this.folder, 'termination-log');
  readonly home = join(this.folder, 'home');
  readonly #servers: GitHttpServer[] = [];
  readonly #bin = join(this.folder, 'bin');
  #running: ChildProcess | undefined;

  constructor(shell: Shell = 'dash', withLfs = true) {
    super(`danube pod it's $x 100% -`);
    for (const folder of [this.files, this.home, this.#bin, this.workspace]) mkdirSync(folder, { mode: 0o700 });
    const link = (name: string, target: string) => symlinkSync(which(target), join(this.#bin, name));
    link('sh', shell);
    for (const name of tools) link(name, shell === 'busybox' ? 'busybox' : name);
    // git's own scripts have needs of their own
    for (const name of ['git', 'ssh', 'basename', 'uname']) link(name, name);
    if (withLfs) link('git-lfs', 'git-lfs');
  }

  /** The folder of the repository behind Git's own server. */
  async serve(options: Parameters<typeof startGitHttpServer>[1] = {}): Promise<GitHttpServer> {
    const server = await startGitHttpServer(dirname(this.repository.path), options);
    this.#servers.push(server);
    return server;
  }

  urlAt(server: GitHttpServer): string {
    return `${server.url}/${basename(this.repository.path)}`;
  }

  /** Puts a program in place of one of the tools. */
  replaceTool(name: string, script: string): void {
    rmSync(join(this.#bin, name), { force: true });
    writeFileSync(join(this.#bin, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }

  async deliver(request: CheckoutRequest): Promise<void> {
    const { program, files } = await this.git.checkoutProgram.plan(request, this.files);
    writeFileSync(join(this.files, 'checkout'), program);
    for (const [name, content] of Object.entries(files)) {
      const file = join(this.files, name);
      writeFileSync(file, typeof content === 'string' ? content : content.reveal(), { mode: 0o600 });
    }
  }

  /** Runs what was delivered. */
  async run(): Promise<{ readonly exitCode: number; readonly message: string }> {
    writeFileSync(this.outcomeFile, '');
    const child = spawn(join(this.#bin, 'sh'), [join(this.files, 'checkout'), this.outcomeFile], {
      cwd: '/',
      env: { PATH: this.#bin, HOME: this.home },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.#running = child;
    const [, ...said] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
    if (said.join('') !== '') throw new Error(`the program printed ${said.join('')}`);
    return { exitCode: child.exitCode ?? 137, message: readFileSync(this.outcomeFile, 'utf8') };
  }

  /** Ends what {@link run} has started, with all of its own processes, as the end of a pod does. */
  kill(): void {
    process.kill(-(this.#running?.pid ?? Number.NaN), 'SIGKILL');
  }

  async checkOut(request: CheckoutRequest): Promise<CheckoutReport> {
    await this.deliver(request);
    return this.git.checkoutProgram.read(request, await this.run());
  }

  inWorkspaceFile(path: string): string {
    return readFileSync(join(this.workspace, path), 'utf8');
  }

  /** Names of what lies beside the program. */
  leftFiles(): readonly string[] {
    return readdirSync(this.files).filter((name) => name !== 'checkout');
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.close()));
    this.remove();
  }
}

function which(name: string): string {
  return spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim();
}
