import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { workerCommand } from './containers.js';

/** Becomes the shell that orphans are given to, as PID 1 of a container is, with one orphan that ends a little later. */
const asFirstProcess = `
import ctypes, os, sys, time
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
if os.fork() == 0:
    if os.fork() == 0:
        time.sleep(0.3)
    os._exit(0)
os.execvp(sys.argv[1], sys.argv[1:])
`;

const shells = [['dash'], ['bash'], ['busybox', 'sh']].filter(([name = '']) => isInstalled(name));

const started: ReturnType<typeof spawn>[] = [];
afterEach(() => {
  for (const child of started.splice(0)) if (child.pid !== undefined) kill(child.pid);
});

test.each(shells)(
  'the worker idles in %s, reaps what steps leave behind and ends at once at TERM',
  async (...shell) => {
    const child = spawn('python3', ['-c', asFirstProcess, ...shell, '-c', workerCommand], { detached: true });
    started.push(child);
    const children = () => childrenOf(child.pid ?? 0);
    await vi.waitFor(() => expect(children()).toContain('sleep'), { timeout: 5000 });
    await vi.waitFor(() => expect(children()).toEqual(['sleep']), { timeout: 5000 });
    const begun = performance.now();
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(performance.now() - begun).toBeLessThan(1000);
  },
);

/** The names of its child processes, zombies included. */
function childrenOf(pid: number): readonly string[] {
  const pids = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return pids.filter((one) => one !== '').map((one) => readFileSync(`/proc/${one}/comm`, 'utf8').trim());
}

function kill(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // it has ended
  }
}

function isInstalled(program: string): boolean {
  return ['/bin', '/usr/bin'].some((folder) => {
    try {
      readFileSync(`${folder}/${program}`);
      return true;
    } catch {
      return false;
    }
  });
}
