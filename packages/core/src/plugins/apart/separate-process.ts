import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { apartScript } from './apart-script.js';

/** How a process came to its end. */
export interface ProcessEnd {
  /** `code 3`, or `the signal SIGKILL`. */
  readonly how: string;
  readonly outOfMemory: boolean;
}

export interface SeparateScript {
  /** Finds `data`, `tell(message)`, `firstLine(error)` and `ready`, a promise to be awaited before anything else. */
  readonly script: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Of its heap, and of what it takes beside that, in MiB. */
  readonly memoryMb: number;
}

/** How long a busy machine may take until a script begins; what that does is limited by whoever runs it. */
export const beginsWithinMs = 60_000;

const longestLine = 4 * 1024 * 1024;
const keptErrors = 4 * 1024;

/** Code that may hang, exit, crash or eat memory, in a process where it harms only itself. */
export class SeparateProcess {
  /** Resolves once it is gone. Rejects where it could not be started. */
  readonly ended: Promise<ProcessEnd>;
  readonly #child: ChildProcess;

  /** `take` gets each message, in order. What else the code writes is not one. */
  constructor({ script, data, memoryMb }: SeparateScript, take: (message: unknown) => void) {
    // code that is tried out does not know it, and so cannot speak for the script
    const mark = crypto.randomUUID();
    const argument = JSON.stringify({ mark, data, memoryMb: 2 * memoryMb });
    const args = [`--max-old-space-size=${memoryMb}`, '--eval', apartScript + script, argument];
    // the options of this process, such as loaders, are not for plugins
    const env = { ...process.env, NODE_OPTIONS: undefined };
    this.#child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
    const [, , stderr, messages] = this.#child.stdio;
    let errors = '';
    (stderr as Readable).on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-keptErrors)));
    this.#readLines(messages as Readable, (line) => {
      if (line.startsWith(mark)) take(JSON.parse(line.slice(mark.length)));
    });
    this.ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (code, signal) =>
        resolve({
          how: signal === null ? `code ${code}` : `the signal ${signal}`,
          outOfMemory: errors.includes('out of memory'),
        }),
      );
    });
    this.ended.catch(() => undefined);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #readLines(stream: Readable, take: (line: string) => void): void {
    let begun = '';
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      const lines = (begun + text).split('\n');
      begun = lines.pop() ?? '';
      if (begun.length > longestLine) this.kill();
      else for (const line of lines) take(line);
    });
  }
}
