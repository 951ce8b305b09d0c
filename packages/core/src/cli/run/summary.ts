import { coordinatorName } from '../../services/jobs/job-logs.js';
import { formatDuration } from '../output/format-time.js';
import { paintStatus } from '../output/paint-status.js';
import { printTable } from '../output/table.js';
import type { Terminal } from '../output/terminal.js';
import type { RunEvent } from '../../domain/job/run-event.js';
import type { RunRecord } from './run-record.js';

type Finished = Extract<RunEvent, { kind: 'finished' }>;

/** The end of a run: the table of steps, the last lines of what failed, and the result last. */
export function printSummary(terminal: Terminal, record: RunRecord, finished: Finished): void {
  const { out, colors } = terminal;
  out.write('\n');
  if (record.steps.length > 0) {
    printTable(
      terminal,
      [
        { title: 'STEP', text: (step) => step.name },
        { title: 'STATUS', text: (step) => paintStatus(colors, step.status) },
        { title: 'EXIT', align: 'right', text: (step) => (step.exitCode === undefined ? '' : String(step.exitCode)) },
        {
          title: 'DURATION',
          align: 'right',
          text: (step) => (step.durationMs === undefined ? '' : formatDuration(step.durationMs)),
        },
      ],
      record.steps,
    );
    out.write('\n');
  }
  if (finished.status === 'failure' || finished.status === 'timeout') printTails(terminal, record);
  const reason = finished.reason === undefined ? '' : `: ${finished.reason}`;
  out.write(
    `${colors.bold(paintStatus(colors, finished.status))} in ${formatDuration(finished.durationMs)}${reason}\n`,
  );
}

function printTails(terminal: Terminal, record: RunRecord): void {
  const failed = record.failedSteps.map((step) => step.name);
  for (const source of failed.length > 0 ? failed : [coordinatorName]) {
    const lines = record.tailOf(source);
    if (lines.length === 0) continue;
    terminal.out.write(`${terminal.colors.bold(`Last lines of ${source}:`)}\n`);
    for (const line of lines) terminal.out.write(`  ${line}\n`);
    terminal.out.write('\n');
  }
}
