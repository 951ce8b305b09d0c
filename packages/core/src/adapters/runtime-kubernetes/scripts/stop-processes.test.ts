import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { stopProcessesScript } from './stop-processes.js';

const shells = [['dash'], ['bash'], ['busybox', 'sh']] as const;
const present = shells.filter(([program]) => spawnSync(program, ['-c', 'true']).error === undefined);
/** No job of this machine has it. */
const sequence = 1_000_000 + process.pid;

describe.each(present)('processes are stopped by %s %s', (program, ...options) => {
  const args = options.filter((option) => option !== undefined);

  async function start(of: number, command: string, name = 'step'): Promise<ChildProcess> {
    const env = { PATH: process.env['PATH'], DANUBE_SEQUENCE: String(of) };
    const child = spawn('/bin/sh', ['-c', command, name], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout as NodeJS.ReadableStream, 'data');
    return child;
  }

  function ended(child: ChildProcess): Promise<[number | null, string | null]> {
    if (child.exitCode !== null || child.signalCode !== null)
      return Promise.resolve([child.exitCode, child.signalCode]);
    return once(child, 'exit') as Promise<[number | null, string | null]>;
  }

  function stop(graceMs: number) {
    return spawnSync(program, [...args, '-s'], { input: `{\n${stopProcessesScript(sequence, graceMs)}\nexit\n}\n` });
  }

  test('those of one sequence and no other, whose number begins alike', async () => {
    const [own, other] = await Promise.all([
      start(sequence, 'echo; exec sleep 100'),
      start(sequence * 10, 'echo; exec sleep 100'),
    ]);
    expect(stop(5000).status).toBe(0);
    expect(await ended(own)).toEqual([null, 'SIGTERM']);
    expect(other.exitCode ?? other.signalCode).toBeNull();
    other.kill();
  });

  test('at once where they obey, and killed after the grace where they do not', async () => {
    const child = await start(sequence, `trap '' TERM; echo; while :; do sleep 0.05; done`);
    const began = performance.now();
    expect(stop(400).status).toBe(0);
    expect(performance.now() - began).toBeGreaterThan(400);
    expect(await ended(child)).toEqual([null, 'SIGKILL']);
  });

  test('and supervisors are left to record the end', async () => {
    const env = { PATH: process.env['PATH'], DANUBE_SEQUENCE: String(sequence) };
    const supervisor = spawn('/bin/sh', ['-c', 'echo; read -r line', 'danube-supervisor', '/danube/processes/1'], {
      env,
    });
    await once(supervisor.stdout, 'data');
    expect(stop(0).status).toBe(0);
    expect(supervisor.exitCode ?? supervisor.signalCode).toBeNull();
    supervisor.stdin.end();
    expect(await ended(supervisor)).toEqual([1, null]);
  });
});
