import type { ChildProcess } from 'node:child_process';
import { watch, type FSWatcher } from 'node:fs';
import { outputFile, processFiles } from '../process-folder.js';

/** Finds what no event tells: the death of a supervisor that somebody else started, or an event that was lost. */
const safetyPollMs = 1000;
/** While output flows: as many events as it has writes would cost more than the output. */
const flowPauseMs = 10;

const outputNames = new Set<string>([outputFile('stdout'), outputFile('stderr')]);

/** What may have happened to a process since it was looked at last. */
export interface Doubts {
  /** Its exit record may be there. */
  ended: boolean;
  /** Its supervisor may have died. */
  died: boolean;
}

/** Lets one waiter sleep until there may be something new about a process. */
export class ChangeWatch {
  #doubts: Doubts;
  #changed = false;
  #wake: (() => void) | undefined;
  #watcher: FSWatcher | undefined;
  readonly #timer: NodeJS.Timeout;
  readonly #onExit = () => this.#notify({ ended: true, died: true });
  readonly #onAbort = () => this.#notify({});

  constructor(
    private readonly folder: string,
    private readonly child: ChildProcess | undefined,
    private readonly signal: AbortSignal,
  ) {
    this.#doubts = { ended: true, died: child === undefined };
    child?.once('exit', this.#onExit);
    signal.addEventListener('abort', this.#onAbort);
    this.#timer = setInterval(this.#onExit, safetyPollMs);
  }

  /** The doubts that came up since the last call, which thereby has them settled. */
  takeDoubts(): Doubts {
    const doubts = this.#doubts;
    this.#doubts = { ended: false, died: false };
    return doubts;
  }

  /** After a look that found nothing: sleeps until something changes. */
  async quiet(): Promise<void> {
    if (this.#watcher === undefined && this.#openWatch()) {
      // something may have changed before the watch began
      this.#doubts.ended = true;
      return;
    }
    await this.#sleep();
  }

  /** After a look that found output: more is likely on its way, so it sleeps a moment, or until the process ends. */
  async flowing(): Promise<void> {
    this.#closeWatch();
    const timer = setTimeout(() => this.#notify({ ended: true }), flowPauseMs);
    await this.#sleep();
    clearTimeout(timer);
  }

  close(): void {
    this.#closeWatch();
    clearInterval(this.#timer);
    this.child?.off('exit', this.#onExit);
    this.signal.removeEventListener('abort', this.#onAbort);
  }

  async #sleep(): Promise<void> {
    if (!this.#changed && !this.signal.aborted) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wake = undefined;
    this.#changed = false;
  }

  /** False where there is nothing to watch yet, or the system has no watch left: then the safety poll does the work. */
  #openWatch(): boolean {
    try {
      this.#watcher = watch(this.folder, (_, file) => {
        if (file === processFiles.exit || file === null) this.#notify({ ended: true });
        else if (outputNames.has(file)) this.#notify({});
      });
      this.#watcher.on('error', () => this.#closeWatch());
      return true;
    } catch {
      return false;
    }
  }

  #closeWatch(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }

  #notify({ ended = false, died = false }: Partial<Doubts>): void {
    this.#doubts.ended ||= ended;
    this.#doubts.died ||= died;
    this.#changed = true;
    this.#wake?.();
  }
}
