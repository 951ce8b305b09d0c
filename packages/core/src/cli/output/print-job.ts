import type { CommitStatusView, JobDetails } from '../client/api-types.js';
import { printArtifacts } from './print-artifacts.js';
import { paintStatus } from './paint-status.js';
import { durationOf } from './print-jobs.js';
import { printTable } from './table.js';
import type { Terminal } from './terminal.js';

/** One job: its facts, then its steps as a table. */
export function printJob(terminal: Terminal, job: JobDetails, now: number): void {
  const { bold, dim } = terminal.colors;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Id', job.id],
    ['Status', paintStatus(terminal.colors, job.status)],
    ['Reason', job.reason],
    ['Branch', job.source.branch],
    ['Commit', job.source.commit],
    ['Repository', job.source.repository],
    ['Trigger', `${job.trigger.type} by ${job.trigger.actor}`],
    ['Pull request', job.pull_request && describePullRequest(job.pull_request)],
    ['Created', job.created_at],
    ['Started', job.started_at],
    ['Finished', job.finished_at],
    ['Duration', durationOf(job, now) || undefined],
    ['Forge', job.commit_status && describeCommitStatus(job.commit_status)],
  ];
  terminal.out.write(`${bold(`${job.pipeline}#${job.number}`)}\n`);
  for (const [name, value] of facts) if (value !== undefined) terminal.out.write(`${dim(name.padEnd(12))}  ${value}\n`);
  if (job.steps.length > 0) printSteps(terminal, job.steps, now);
  if (job.artifacts.length === 0) return;
  terminal.out.write('\n');
  printArtifacts(terminal, job.artifacts);
}

function printSteps(terminal: Terminal, steps: JobDetails['steps'], now: number): void {
  const { bold } = terminal.colors;
  terminal.out.write('\n');
  printTable(
    terminal,
    [
      { title: 'STEP', text: (step) => step.name },
      { title: 'STATUS', text: (step) => paintStatus(terminal.colors, step.status) },
      { title: 'EXIT', align: 'right', text: (step) => (step.exit_code === undefined ? '' : String(step.exit_code)) },
      { title: 'DURATION', align: 'right', text: (step) => durationOf(step, now) },
    ],
    steps,
  );
  // an exit code stands in the table already; what else ended a step is nowhere else to be seen
  for (const { name, reason, exit_code } of steps) {
    if (reason !== undefined && exit_code === undefined) terminal.out.write(`\n${bold(name)}: ${reason}\n`);
  }
}

function describePullRequest({ number, target_branch, from_fork }: NonNullable<JobDetails['pull_request']>): string {
  return `#${number} into ${target_branch}${from_fork ? ', from a fork' : ''}`;
}

function describeCommitStatus({ forge, reported, settled, error }: CommitStatusView): string {
  const knows = `${forge} ${reported === undefined ? 'was told nothing yet' : `was told "${reported}"`}`;
  if (error === undefined) return knows;
  return settled ? `${knows} and will be told nothing more: ${error}` : `${knows}; the last attempt failed: ${error}`;
}
