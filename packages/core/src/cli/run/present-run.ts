import type { ExitCode } from '../command-line.js';
import { isInteractive, type Terminal } from '../output/terminal.js';
import { JsonView } from './json-view.js';
import type { RunEvent } from '../../domain/job/run-event.js';
import { RunRecord } from './run-record.js';
import type { RunView } from './run-view.js';
import { SpinnerView } from './spinner-view.js';
import { TextView } from './text-view.js';

/** Shows a run from its first event to its summary; 0 only when the job succeeded. */
export async function presentRun(
  events: AsyncIterable<RunEvent>,
  terminal: Terminal,
  options: { readonly json: boolean },
): Promise<ExitCode> {
  const record = new RunRecord();
  const view = chooseView(terminal, options.json);
  let exitCode: ExitCode = 1;
  try {
    for await (const event of events) {
      record.take(event);
      view.show(event, record);
      if (event.kind === 'finished' && event.status === 'success') exitCode = 0;
    }
  } finally {
    view.close();
  }
  return exitCode;
}

function chooseView(terminal: Terminal, json: boolean): RunView {
  if (json) return new JsonView(terminal);
  const text = new TextView(terminal);
  if (!isInteractive(terminal.out, terminal.env)) return text;
  return new SpinnerView(text, terminal.out as NodeJS.WriteStream);
}
