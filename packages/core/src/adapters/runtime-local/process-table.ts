import { readdirSync, readFileSync } from 'node:fs';
import type { Claim } from '../step-supervisor/records.js';
import { copierMark, launcherMark, supervisorName } from '../step-supervisor/supervisor-script.js';

/** A live process that carries a job's mark in its environment. */
export interface MarkedProcess {
  readonly pid: number;
  /** The process folder, when this is the supervisor of one, or one of its copiers. */
  readonly supervises: string | undefined;
  /** It is no command, but holds one in a sandbox, and ends with it. */
  readonly launches: boolean;
}

/** Every process of a job has these variables, also daemons that left their session and their parent. */
export function processMarks(jobId: string, sequence: number): Readonly<Record<string, string>> {
  return { DANUBE_JOB_ID: jobId, DANUBE_SEQUENCE: String(sequence) };
}

/**
 * The live processes that have all of these environment variables. Reads /proc in one go, without giving way: whoever
 * hunts processes that fork must be faster than they are.
 */
export function findProcesses(marks: Readonly<Record<string, string>>): readonly MarkedProcess[] {
  const wanted = Object.entries(marks).map(([name, value]) => `\0${name}=${value}\0`);
  const found: MarkedProcess[] = [];
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const environment = `\0${readProc(entry, 'environ')}`;
    if (!wanted.every((mark) => environment.includes(mark))) continue;
    found.push({
      pid: Number(entry),
      supervises: copied(environment) ?? supervised(readProc(entry, 'cmdline')),
      launches: environment.includes(`\0${launcherMark}=`),
    });
  }
  return found;
}

function copied(environment: string): string | undefined {
  const [, value] = environment.split(`\0${copierMark}=`);
  return value?.split('\0')[0];
}

function supervised(commandLine: string): string | undefined {
  const [, , , name, folder] = commandLine.split('\0');
  return name === supervisorName ? folder : undefined;
}

const ownBootId = readProc('sys/kernel/random', 'boot_id').trim();

/** Why the process that made this claim cannot be running any more; undefined while it is. */
export function explainDeath(claim: Claim): string | undefined {
  if (claim.bootId !== undefined && claim.bootId !== ownBootId) return 'the machine was restarted while it ran';
  // the command's name may hold spaces and parentheses; the state and, 19 fields on, the start time follow it
  const stat = readProc(String(claim.pid), 'stat');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const alive = fields[0] !== '' && fields[0] !== 'Z' && fields[0] !== 'X';
  if (alive && (claim.startTicks === undefined || fields[19] === claim.startTicks)) return undefined;
  return 'its supervisor was killed before it could record the end';
}

/** Empty for a process that has gone, or that is not ours to look at. */
function readProc(entry: string, file: string): string {
  try {
    return readFileSync(`/proc/${entry}/${file}`, 'latin1');
  } catch {
    return '';
  }
}
