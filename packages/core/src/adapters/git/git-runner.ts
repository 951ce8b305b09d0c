import { spawn, type ChildProcess } from 'node:child_process';
import { DanubeError } from '@danube/plugin-api';
import type { GitAccess } from './git-access.js';
import { GitEnvironment } from './git-environment.js';
import { collectOutput } from './collect-output.js';
import { KeyedQueue } from './keyed-queue.js';

export interface GitCommand {
  /** Subcommand and arguments; whatever comes from outside stands behind `--` or `--end-of-options`. */
  readonly args: readonly string[];
  readonly cwd?: string;
  /** To a repository elsewhere. */
  readonly access?: GitAccess;
  readonly input?: string;
  /** More than this on standard output ends the process. */
  readonly maxOutputBytes?: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface GitResult {
  readonly exitCode: number;
  readonly stdout: Buffer;
  /** The end of what git said, in the untranslated form. */
  readonly stderr: string;
}

const defaultMaxOutputBytes = 16 * 1024 * 1024;
const killAfterMs = 3000;

/**
 * The one way to run git. Every process is the leader of a group of its own, so that ending it ends the transport helpers
 * that it started. TERM comes first because git then removes its lock files.
 */
export class GitRunner {
  /** Whoever changes a repository of the cache waits for its turn here. */
  readonly queue = new KeyedQueue();
  readonly #environment: GitEnvironment;

  constructor(readonly cacheDir: string) {
    this.#environment = new GitEnvironment(cacheDir);
  }

  /** Whether files that are kept by Git LFS can be put in place. */
  async hasLfs(): Promise<boolean> {
    return (await this.#environment.prepared()).hasLfs;
  }

  /**
   * Answers any exit code.
   * @throws the signal's reason when aborted; DanubeError `git_missing`, `git_timed_out`, `git_output_too_large`
   */
  async run(command: GitCommand): Promise<GitResult> {
    command.signal.throwIfAborted();
    const { variables } = await this.#environment.prepared();
    const env = { ...variables, ...command.access?.env };
    const child = spawn('git', command.args, {
      cwd: command.cwd,
      env,
      detached: true,
      stdio: [command.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    const limit = new Limit(child, command);
    try {
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(command.input);
      const result = await collectOutput(child, command.maxOutputBytes ?? defaultMaxOutputBytes, () =>
        limit.exceed(tooLarge(command)),
      );
      if (limit.reason !== undefined) throw limit.reason;
      return { ...result, stderr: command.access?.hide(result.stderr) ?? result.stderr };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw missing(error);
      throw error;
    } finally {
      limit.release();
    }
  }
}

/** Ends the process group when the caller gives up, the time is over or the output too large. */
class Limit {
  reason: Error | undefined;
  readonly #timeout: NodeJS.Timeout;
  #kill: NodeJS.Timeout | undefined;
  readonly #onAbort = () => this.exceed(this.command.signal.reason as Error);

  constructor(
    private readonly child: ChildProcess,
    private readonly command: GitCommand,
  ) {
    this.#timeout = setTimeout(() => this.exceed(timedOut(command)), command.timeoutMs);
    command.signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  exceed(reason: Error): void {
    if (this.reason !== undefined) return;
    this.reason = reason;
    this.#signalGroup('SIGTERM');
    this.#kill = setTimeout(() => this.#signalGroup('SIGKILL'), killAfterMs);
  }

  release(): void {
    clearTimeout(this.#timeout);
    clearTimeout(this.#kill);
    this.command.signal.removeEventListener('abort', this.#onAbort);
  }

  #signalGroup(signal: NodeJS.Signals): void {
    if (this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

function missing(cause: unknown): DanubeError {
  return new DanubeError('git_missing', 'git was not found on PATH; install git 2.36 or newer', {
    category: 'unavailable',
    cause,
  });
}

function timedOut(command: GitCommand): DanubeError {
  return new DanubeError('git_timed_out', `git took longer than ${command.timeoutMs / 1000} s and was stopped`, {
    category: 'unavailable',
  });
}

function tooLarge(command: GitCommand): DanubeError {
  const bytes = command.maxOutputBytes ?? defaultMaxOutputBytes;
  return new DanubeError('git_output_too_large', `git printed more than ${bytes} bytes and was stopped`, {
    category: 'invalid',
  });
}
