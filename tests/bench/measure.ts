import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** One line of the table: what Danube took, and the least that the same work takes on this machine in this run. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Undefined where no floor makes sense. */
  readonly floor?: number;
  readonly floorIs?: string;
  /** True where more is better, so that the ratio reads the same way. */
  readonly higherIsBetter?: boolean;
  readonly aim?: string;
}

/** The interpreter itself: `python3` may be a wrapper that costs more than what is measured. */
export const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)']).toString().trim();

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

export async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export async function repeat(times: number, work: (round: number) => number | Promise<number>): Promise<number[]> {
  const results: number[] = [];
  for (let round = 0; round < times; round += 1) results.push(await work(round));
  return results;
}

/** Runs a program to its end and answers the milliseconds; throws when it fails. */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): number {
  const start = performance.now();
  const result = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options });
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${result.stderr.toString()}`);
  return performance.now() - start;
}

/** Resident memory of a process in MB, as the kernel counts it. */
export function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

export function printTable(rows: readonly Row[]): void {
  const cells = rows.map((row) => [
    row.name,
    `${format(row.value)} ${row.unit}`,
    row.floor === undefined ? '' : `${format(row.floor)} ${row.unit}`,
    row.floor === undefined ? '' : `${format(row.higherIsBetter ? row.floor / row.value : row.value / row.floor)}×`,
    row.floorIs ?? '',
    row.aim ?? '',
  ]);
  const table = [['what', 'Danube', 'floor', 'ratio', 'the floor is', 'aim'], ...cells];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0))) ?? [];
  for (const line of table)
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

function format(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
