import type { Terminal } from '../output/terminal.js';
import type { RunEvent } from '../../domain/job/run-event.js';
import type { RunRecord } from './run-record.js';
import type { RunView } from './run-view.js';

/** One JSON object per line and event, in snake case as in the REST API, and a `summary` as the last line. */
export class JsonView implements RunView {
  constructor(private readonly terminal: Terminal) {}

  show(event: RunEvent, record: RunRecord): void {
    this.#print(event);
    if (event.kind !== 'finished') return;
    this.#print({
      kind: 'summary',
      status: event.status,
      reason: event.reason,
      durationMs: event.durationMs,
      steps: record.steps.map(({ sequence, name, status, exitCode, durationMs }) => ({
        sequence,
        name,
        status,
        exitCode,
        durationMs,
      })),
    });
  }

  close(): void {}

  #print(value: object): void {
    this.terminal.out.write(`${JSON.stringify(value, snakeCaseKeys)}\n`);
  }
}

function snakeCaseKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), inner]),
  );
}
