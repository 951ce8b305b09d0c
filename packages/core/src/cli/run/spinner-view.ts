import yoctoSpinner, { type Spinner } from 'yocto-spinner';
import type { RunEvent } from '../../domain/job/run-event.js';
import type { RunRecord } from './run-record.js';
import type { RunView } from './run-view.js';

const redrawMs = 250;

/** Adds a moving last line to another view: what is running, and for how long. */
export class SpinnerView implements RunView {
  readonly #startedAt = new Map<string, number>();
  readonly #spinner: Spinner;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly inner: RunView,
    stream: NodeJS.WriteStream,
  ) {
    // the command handles interrupts itself, so that the job is cancelled before the process ends
    this.#spinner = yoctoSpinner({ stream, handleSignals: false });
  }

  show(event: RunEvent, record: RunRecord): void {
    if (event.kind === 'finished') this.close();
    this.inner.show(event, record);
    if (event.kind === 'finished') return;
    if (event.kind === 'step-started') this.#startedAt.set(event.name, Date.now());
    if (event.kind === 'output') return;
    this.#redraw(record);
    this.#timer ??= setInterval(() => this.#redraw(record), redrawMs);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#spinner.stop();
  }

  #redraw(record: RunRecord): void {
    const running = record.runningSteps.map((name) => {
      const since = this.#startedAt.get(name) ?? Date.now();
      return `${name} ${Math.floor((Date.now() - since) / 1000)}s`;
    });
    const text = running.length > 0 ? running.join(', ') : 'pipeline';
    if (this.#spinner.isSpinning) this.#spinner.text = text;
    else this.#spinner.start(text);
  }
}
