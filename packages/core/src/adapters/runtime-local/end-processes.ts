import { setTimeout as delay } from 'node:timers/promises';
import { DanubeError } from '@danube/plugin-api';
import { errorCode } from '../step-supervisor/file-errors.js';
import { findProcesses, type MarkedProcess } from './process-table.js';

/** After the commands are gone, supervisors have this long to record the end; a full disk may keep them from it. */
const recordMs = 2000;
const surrenderMs = 15_000;
const pollMs = 10;

/**
 * Ends every process that has these marks: TERM, after `graceMs` KILL. Supervisors go last and by themselves, so that
 * the end is on record. A sandbox is killed with what it holds: so ends, too, what has lost its marks in there. Resolves
 * when none is left.
 * @throws DanubeError `processes_remain` when the system does not let go of one
 */
export async function endProcesses(marks: Readonly<Record<string, string>>, graceMs: number): Promise<void> {
  const asked = new Set<number>();
  const started = performance.now();
  const graceLeft = () => graceMs - (performance.now() - started);
  let left = ask(marks, asked);
  while (left.length > 0 && graceLeft() > 0) {
    await delay(Math.min(pollMs, graceLeft()));
    left = ask(marks, asked);
  }
  const killing = performance.now();
  for (; left.length > 0; left = findProcesses(marks)) {
    const since = performance.now() - killing;
    if (since > surrenderMs) throw remaining(left);
    kill(marks, since > recordMs);
    await delay(pollMs);
  }
}

/** Sends TERM once to each command, also to those that came meanwhile, and answers all that still live. */
function ask(marks: Readonly<Record<string, string>>, asked: Set<number>): readonly MarkedProcess[] {
  const processes = findProcesses(marks);
  for (const { pid, supervises, launches } of processes) {
    if (supervises !== undefined || launches || asked.has(pid)) continue;
    asked.add(pid);
    signal(pid, 'SIGTERM');
  }
  return processes;
}

/** Stops the processes before it kills them: what is stopped cannot fork away from its own end. */
function kill(marks: Readonly<Record<string, string>>, withSupervisors: boolean): void {
  const stopped = new Set<number>();
  for (let fresh = true; fresh;) {
    fresh = false;
    for (const process of findProcesses(marks)) {
      if (stopped.has(process.pid)) continue;
      stopped.add(process.pid);
      fresh = true;
      // a supervisor leads the group of its command: this stops them all at one moment
      signal(process.supervises === undefined ? process.pid : -process.pid, 'SIGSTOP');
    }
  }
  const processes = findProcesses(marks);
  const doomed = withSupervisors ? processes : processes.filter(({ supervises }) => supervises === undefined);
  for (const { pid } of doomed) signal(pid, 'SIGKILL');
  for (const { pid } of processes) signal(pid, 'SIGCONT');
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // gone meanwhile, or of another user: then it counts as one that remains
    if (!['ESRCH', 'EPERM'].includes(errorCode(error) ?? '')) throw error;
  }
}

function remaining(left: readonly MarkedProcess[]): DanubeError {
  const pids = left.map(({ pid }) => pid).join(', ');
  return new DanubeError('processes_remain', `Processes ${pids} did not end although they were killed.`, {
    category: 'unavailable',
  });
}
