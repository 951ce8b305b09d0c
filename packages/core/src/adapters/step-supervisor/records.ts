import type { ProcessEnd } from '../../services/ports/job-runtime.js';

/** Who supervises a process. The start time and the boot tell it from a later process with the same number. */
export interface Claim {
  readonly pid: number;
  /** Clock ticks since boot, as in /proc; undefined where the system does not tell. */
  readonly startTicks: string | undefined;
  readonly bootId: string | undefined;
}

/** Undefined for text that is not, or not yet, a whole record. */
export function parseClaim(text: string): Claim | undefined {
  const [, pid, startTicks, bootId] = /^(\d+) (\S+) (\S+)\n/.exec(text) ?? [];
  if (pid === undefined) return undefined;
  return { pid: Number(pid), startTicks: known(startTicks), bootId: known(bootId) };
}

/**
 * Undefined while the process has not ended: the file is there from the start, full of blanks. Any mixture of blanks and
 * a half-written record has one blank too many, or no line end, and is no record.
 */
export function parseExitRecord(text: string): Extract<ProcessEnd, { kind: 'exited' }> | undefined {
  const [, exitCode, startedAt, finishedAt, output] = /^(\d+) (\d+) (\d+) (kept|cut)\n/.exec(text) ?? [];
  if (exitCode === undefined) return undefined;
  return {
    kind: 'exited',
    exitCode: Number(exitCode),
    startedAt: Number(startedAt),
    finishedAt: Number(finishedAt),
    outputCut: output === 'cut',
  };
}

function known(field: string | undefined): string | undefined {
  return field === '-' ? undefined : field;
}
