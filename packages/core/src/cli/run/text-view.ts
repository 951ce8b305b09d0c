import { formatDuration } from '../output/format-time.js';
import { paintStatus } from '../output/paint-status.js';
import type { Terminal } from '../output/terminal.js';
import type { RunEvent } from '../../domain/job/run-event.js';
import type { RunRecord } from './run-record.js';
import type { RunView } from './run-view.js';
import { printSummary } from './summary.js';

type OutputEvent = Extract<RunEvent, { kind: 'output' }>;

const nameWidth = 14;

/** Lines for people: each with the time since the start and its step's name. The same in a pipe and on a terminal. */
export class TextView implements RunView {
  constructor(private readonly terminal: Terminal) {}

  show(event: RunEvent, record: RunRecord): void {
    const { bold, dim } = this.terminal.colors;
    switch (event.kind) {
      case 'job-started':
        return this.#print(`${bold(event.pipeline)} on ${event.branch} ${dim(event.jobId)}`);
      case 'step-started':
        return this.#print(`${bold('▶')} ${bold(event.name)}`);
      case 'output':
        return this.#print(this.#outputLine(event, record));
      case 'step-finished':
        return this.#print(`${this.#mark(event.status)} ${event.name} ${dim(stepEnd(event))}`);
      case 'finished':
        return printSummary(this.terminal, record, event);
    }
  }

  close(): void {}

  #print(line: string): void {
    this.terminal.out.write(`${line}\n`);
  }

  #outputLine(event: OutputEvent, record: RunRecord): string {
    const { dim, yellow } = this.terminal.colors;
    const time = formatDuration(record.elapsedAt(event.time)).padStart(7);
    const bar = event.stream === 'stderr' ? yellow('│') : dim('│');
    return `${dim(`${time} ${event.step.padEnd(nameWidth)}`)} ${bar} ${event.text}`;
  }

  #mark(status: string): string {
    const { green, red } = this.terminal.colors;
    if (status === 'success') return green('✔');
    return status === 'cancelled' ? paintStatus(this.terminal.colors, '■') : red('✖');
  }
}

function stepEnd(event: Extract<RunEvent, { kind: 'step-finished' }>): string {
  const duration = formatDuration(event.durationMs);
  if (event.status === 'success') return duration;
  const how = event.exitCode === undefined ? event.status : `${event.status}, exit code ${event.exitCode}`;
  return `${how}, ${duration}`;
}
