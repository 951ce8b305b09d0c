import type { PipelineDetails, TriggerView } from '../client/api-types.js';
import type { Terminal } from './terminal.js';

/** One pipeline: where it comes from, what starts its jobs, and what is wrong with that. Times are in UTC. */
export function printPipeline(terminal: Terminal, pipeline: PipelineDetails): void {
  const { bold, dim, red } = terminal.colors;
  const line = (name: string, value: string) => terminal.out.write(`${dim(name.padEnd(12))}  ${value}\n`);
  terminal.out.write(`${bold(pipeline.name)}\n`);
  if (pipeline.description !== undefined) line('Description', pipeline.description);
  line('Team', pipeline.team);
  line('Repository', pipeline.repository);
  line('Branch', pipeline.branch);
  line('File', pipeline.file);
  line('Configured', `${pipeline.origin.file}:${pipeline.origin.line}`);
  line('Triggers', describeOrigin(pipeline));
  for (const trigger of pipeline.triggers ?? []) line('', describeTrigger(trigger));
  for (const { file, line: row, column, message } of pipeline.trigger_origin.problems) {
    line('', red(`${file}:${row}:${column}: ${message}`));
  }
  for (const { schedule, next_runs, last_outcome } of pipeline.schedules) {
    line('Schedule', schedule);
    line('  next', next_runs.join(', '));
    if (last_outcome !== undefined) line('  last', last_outcome);
  }
}

function describeOrigin({ file, triggers, trigger_origin: origin }: PipelineDetails): string {
  const byHand = triggers?.length === 0 ? 'by hand only, ' : '';
  if (origin.kind === 'config') return `${byHand}as the config repository says`;
  if (triggers === undefined) {
    return origin.failure === undefined
      ? `as ${file} says, which has not been read yet`
      : `by hand only, until ${file} can be read: ${origin.failure}`;
  }
  if (origin.failure !== undefined)
    return `${byHand}as ${file} said when it was last read; since then: ${origin.failure}`;
  if (origin.problems.length > 0) return `by hand only, because ${file} has problems`;
  return `${byHand}as ${file} says${origin.commit === undefined ? '' : ` at ${origin.commit.slice(0, 8)}`}`;
}

function describeTrigger({ type, ...conditions }: TriggerView): string {
  const words = Object.entries(conditions)
    .filter(([, value]) => !Array.isArray(value) || value.length > 0)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(', ') : String(value)}`);
  return [type, ...words].join('; ');
}
