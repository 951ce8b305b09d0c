import type { JobView } from '../client/api-types.js';
import { formatAge, formatDuration } from './format-time.js';
import { paintStatus } from './paint-status.js';
import { printTable } from './table.js';
import type { Terminal } from './terminal.js';

/** Jobs as a table; `now` in milliseconds gives the age and the duration of those that still run. */
export function printJobs(terminal: Terminal, jobs: readonly JobView[], now: number): void {
  if (jobs.length === 0) {
    terminal.err.write('no jobs match\n');
    return;
  }
  printTable(
    terminal,
    [
      { title: 'JOB', text: (job) => terminal.colors.bold(`${job.pipeline}#${job.number}`) },
      { title: 'STATUS', text: (job) => paintStatus(terminal.colors, job.status) },
      { title: 'BRANCH', text: (job) => job.source.branch },
      { title: 'COMMIT', text: (job) => job.source.commit.slice(0, 8) },
      { title: 'TRIGGER', text: (job) => job.trigger.type },
      { title: 'CREATED', text: (job) => formatAge(now - Date.parse(job.created_at)) },
      { title: 'DURATION', align: 'right', text: (job) => durationOf(job, now) },
      { title: 'ID', text: (job) => terminal.colors.dim(job.id) },
    ],
    jobs,
  );
}

/** Empty while it has not started. */
export function durationOf(part: Pick<JobView, 'started_at' | 'finished_at'>, now: number): string {
  if (part.started_at === undefined) return '';
  const end = part.finished_at === undefined ? now : Date.parse(part.finished_at);
  return formatDuration(end - Date.parse(part.started_at));
}
