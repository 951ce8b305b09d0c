import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Duplex } from 'node:stream';

/** Who a program in a container is, and what it may do. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly capabilities: readonly string[];
  readonly noNewPrivileges: boolean;
  /** The user is a name in a user namespace, because tests do not run as root. */
  readonly mapped: boolean;
}

export interface ProgramSpec {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly identity: Identity;
}

interface Told {
  readonly pid?: number;
  readonly started?: true;
  readonly error?: string;
  readonly exit?: number;
}

/** What is known of a program once it was tried: it runs, or why it does not, in containerd's words. */
export type Start = { readonly started: true } | { readonly started: false; readonly error: string };

/** The helper process outside of the container that starts one program inside, waits for it, and dies with the tests. */
export class Launcher {
  readonly process: ChildProcess;
  readonly start: Promise<Start>;
  /** The program's exit code, 128 and more for signals. */
  readonly exit: Promise<number>;
  #pid: number | undefined;

  constructor(script: 'run.py' | 'exec.py', spec: object, output: 'ignore' | 'pipe') {
    this.process = spawn('/usr/bin/python3', ['-S', '-E', '-s', fileURLToPath(new URL(script, import.meta.url))], {
      stdio: [output, output, output === 'ignore' ? 'inherit' : 'pipe', 'pipe'],
      env: { PYTHONDONTWRITEBYTECODE: '1' },
    });
    const control = this.process.stdio[3] as Duplex;
    control.on('error', () => undefined);
    control.write(`${JSON.stringify(spec)}\n`);
    let started: (start: Start) => void;
    this.start = new Promise((resolve) => (started = resolve));
    let code = 137;
    createInterface(control).on('line', (line) => {
      const told = JSON.parse(line) as Told;
      if (told.pid !== undefined) this.#pid = told.pid;
      if (told.started) started({ started: true });
      if (told.error !== undefined) started({ started: false, error: told.error });
      if (told.exit !== undefined) code = told.exit;
    });
    this.exit = once(this.process, 'close').then(() => {
      this.#pid = undefined;
      started({ started: false, error: 'stand-in: the launcher ended early' });
      return code;
    });
  }

  /** Process 1 of the container, as this machine numbers it; undefined before and after its life. */
  get pid(): number | undefined {
    return this.#pid;
  }

  kill(signal: NodeJS.Signals): void {
    try {
      if (this.#pid !== undefined) process.kill(this.#pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
