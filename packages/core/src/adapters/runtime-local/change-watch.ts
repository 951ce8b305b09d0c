import type { ChildProcess } from 'node:child_process';
import { watch, type FSWatcher } from 'node:fs';

/** Finds what no event tells: the end of a supervisor that somebody else started, or an event that was lost. */
const safetyPollMs = 1000;

/** Wakes one waiter when something may have happened to a process. */
export class ChangeWatch {
  #changed = false;
  #suspicious: boolean;
  #wake: (() => void) | undefined;
  #watcher: FSWatcher | undefined;
  readonly #timer: NodeJS.Timeout;
  readonly #onExit = () => this.#notify(true);
  readonly #onAbort = () => this.#notify(false);

  constructor(
    private readonly folder: string,
    private readonly child: ChildProcess | undefined,
    private readonly signal: AbortSignal,
  ) {
    this.#suspicious = child === undefined;
    child?.once('exit', this.#onExit);
    signal.addEventListener('abort', this.#onAbort);
    this.#timer = setInterval(() => this.#notify(true), safetyPollMs);
    this.#watch();
  }

  /** Resolves at once when something happened since the last call. */
  async next(): Promise<void> {
    if (!this.#changed && !this.signal.aborted) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wake = undefined;
    this.#changed = false;
  }

  /** True once after each occasion to ask whether the supervisor still lives. */
  takeSuspicion(): boolean {
    const suspicious = this.#suspicious;
    this.#suspicious = false;
    return suspicious;
  }

  close(): void {
    this.#watcher?.close();
    clearInterval(this.#timer);
    this.child?.off('exit', this.#onExit);
    this.signal.removeEventListener('abort', this.#onAbort);
  }

  /** Without a watch (none left in this system, or no folder yet) the safety poll does the work, and tries again. */
  #watch(): void {
    try {
      this.#watcher = watch(this.folder, () => this.#notify(false));
      this.#watcher.on('error', () => this.#dropWatch());
    } catch {
      this.#dropWatch();
    }
  }

  #dropWatch(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }

  #notify(suspicious: boolean): void {
    this.#changed = true;
    this.#suspicious ||= suspicious;
    if (suspicious && this.#watcher === undefined) this.#watch();
    this.#wake?.();
  }
}
