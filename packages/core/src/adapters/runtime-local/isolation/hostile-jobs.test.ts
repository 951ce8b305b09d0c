import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isolationModes } from '@danube/test-support/isolation-modes.js';
import { openLocalRuntime, type LocalRuntimeHarness } from '@danube/test-support/local-runtime-harness.js';
import { RuntimeBench } from '@danube/test-support/runtime-contract/runtime-bench.js';
import type { JobSpec } from '../../../services/ports/job-runtime.js';

/** Stands for the master: of the same user, with a secret in its environment. */
let master: ChildProcess;
beforeAll(() => {
  master = spawn('sleep', ['1000'], { env: { MASTER_SECRET: 'secret-of-the-master' }, stdio: 'ignore' });
});
afterAll(() => master.kill('SIGKILL'));

const isolated = isolationModes.filter(({ mode }) => mode !== 'none');

describe.each(isolated)('a hostile job, isolated by $title,', ({ mode, problem }) => {
  if (problem !== undefined) return test.skip(problem, () => undefined);

  let harness: LocalRuntimeHarness;
  let job: JobSpec;
  const bench = new RuntimeBench(async () => (harness = await openLocalRuntime(mode)));
  beforeEach(async () => {
    await bench.open();
    await mkdir(join(harness.dataDir, 'keys'), { mode: 0o700 });
    for (const file of ['danube.db', 'keys/encryption.key']) {
      await writeFile(join(harness.dataDir, file), 'secret-of-the-master', { mode: 0o600 });
    }
    job = await bench.startJob();
  });
  afterEach(() => bench.close());

  const attempt = async (command: string) => (await bench.runStep(job, `{ ${command}; } 2>&1; true`)).stdout;

  test('reads neither the database nor the keys, whichever way it takes to them', async () => {
    const ways = [harness.dataDir, `/proc/${master.pid}/root${harness.dataDir}`, '../../..', '/proc/1/root'];
    const files = ways.flatMap((way) => [`${way}/danube.db`, `${way}/keys/encryption.key`]);
    expect(await attempt(`cat ${files.join(' ')}; ls -R ${harness.dataDir}/keys; mount`)).not.toContain('secret');
  });

  test('sees nothing in the process of the master, and cannot end or trace it', async () => {
    const proc = `/proc/${master.pid}`;
    const said = await attempt(
      `cat ${proc}/environ; ls ${proc}/root/ ${proc}/cwd/ ${proc}/fd; kill -9 ${master.pid}; kill -9 -1; ` +
        `python3 -c 'import ctypes; print("traced", ctypes.CDLL(None).ptrace(16, ${master.pid}, 0, 0))'`,
    );
    expect(said).not.toContain('secret');
    expect(said).not.toContain('traced 0');
    expect([master.exitCode, master.signalCode]).toEqual([null, null]);
  });

  test('mounts nothing, makes nothing of what hides the data directory undone, and gains no rights', async () => {
    const said = await attempt(
      `umount -l ${harness.dataDir}; mount -t tmpfs none /mnt && echo could-mount; chroot / true && echo could-chroot; ` +
        `unshare --user --map-root-user --mount sh -c 'umount -l ${harness.dataDir}; ls ${harness.dataDir}'; ` +
        `ls ${harness.dataDir}; grep -E 'NoNewPrivs|CapEff' /proc/self/status`,
    );
    expect(said).not.toMatch(/could-|danube\.db|keys/);
    expect(said).toMatch(/CapEff:\s+0+\n/);
    expect(said).toMatch(/NoNewPrivs:\s+1\n/);
  });

  test('writes to no place that others read', async () => {
    const places = ['/usr/bin', '/etc', '/', harness.dataDir, join(harness.dataDir, 'jobs'), homedir(), '/proc/sys'];
    const before = await Promise.all(places.slice(0, -1).map((place) => readdir(place)));
    await attempt(places.map((place) => `echo evil >${place}/evil-${job.jobId}`).join('; '));
    expect(await Promise.all(places.slice(0, -1).map((place) => readdir(place)))).toEqual(before);
  });

  test('does not change what its supervisors record', async () => {
    const { spec, end } = await bench.runStep(
      job,
      `cd ../processes/$DANUBE_SEQUENCE && for f in claim exit out err; do echo forged >$f; rm -f $f; done; exit 3`,
    );
    expect(end).toMatchObject({ kind: 'exited', exitCode: expect.any(Number) as number });
    const folder = join(harness.dataDir, 'jobs', job.jobId, 'processes', String(spec.sequence));
    for (const file of ['claim', 'exit', 'out', 'err']) {
      expect(await readFile(join(folder, file), 'utf8')).not.toContain('forged');
    }
  });

  test('has a home and temporary files of its own, which go with it', async () => {
    expect(await attempt('echo a >$HOME/a && echo b >$TMPDIR/b && cat $HOME/a $TMPDIR/b')).toBe('a\nb\n');
    expect(await attempt('cat $HOME/a $TMPDIR/b')).toBe('a\nb\n');
    expect(await stat(join(homedir(), 'a')).catch(() => undefined)).toBeUndefined();
  });

  test('keeps no process: what left its session, its parents and its environment is gone with the job', async () => {
    const mark = `evil-${job.jobId}`;
    const spec = bench.step(
      job,
      `ln -s /bin/sleep ${mark}; setsid env ${mode === 'bubblewrap' ? '-i' : ''} ./${mark} 1000 >/dev/null 2>&1 &`,
    );
    await bench.runtime.startStep(spec);
    await expect.poll(() => running(mark)).toBe(1);
    await bench.runtime.stopJob(job.jobId, 50);
    expect(await running(mark)).toBe(0);
  });

  // jobs of one account are told apart by their processes only where these have namespaces
  test.runIf(mode === 'bubblewrap')(
    'sees no file and no process of another job, and of its own token nothing',
    async () => {
      const other = await bench.startJob('echo secret >$HOME/file; exec sleep 1000');
      const folder = join(harness.dataDir, 'jobs', other.jobId);
      const said = await attempt(
        `ls -A ${join(harness.dataDir, 'jobs')}; cat ${folder}/home/file ${folder}/coordinator/connection.json; ` +
          `cat ${join(harness.dataDir, 'jobs', job.jobId)}/coordinator/connection.json; ` +
          `cat /proc/[0-9]*/environ | tr '\\0' '\\n' | grep DANUBE_JOB_ID | sort -u`,
      );
      expect(said).not.toMatch(/secret|token-/);
      expect(said).not.toContain(other.jobId.concat('\n'));
      expect(said).toContain(`DANUBE_JOB_ID=${job.jobId}\n`);
    },
  );

  test.runIf(mode === 'bubblewrap')('has no network where its pipeline says so, but its coordinator has', async () => {
    const quiet = { ...harness.job('cat /proc/net/dev >seen; exec sleep 1000'), network: false };
    bench.removeLater(quiet);
    await bench.runtime.start(quiet, new AbortController().signal);
    const host = (await readFile('/proc/net/dev', 'utf8')).trim().split('\n').length;
    const count = 'grep -c : /proc/net/dev; until [ -s seen ]; do sleep 0.05; done; wc -l <seen';
    const [ofStep, ofCoordinator] = (await bench.runStep(quiet, count)).stdout.trim().split('\n').map(Number);
    expect([ofStep, ofCoordinator]).toEqual([1, host]);
  });

  test.runIf(mode !== 'bubblewrap')('is refused where its pipeline wants no network', async () => {
    const quiet = { ...harness.job('true'), network: false };
    bench.removeLater(quiet);
    await expect(bench.runtime.start(quiet, new AbortController().signal)).rejects.toMatchObject({
      code: 'network_not_separable',
    });
  });
});

test('without isolation a job reads what the server can read', async () => {
  const bench = new RuntimeBench(() => openLocalRuntime('none'));
  await bench.open();
  const { stdout } = await bench.runStep(await bench.startJob(), `cat /proc/${master.pid}/environ`);
  expect(stdout).toContain('secret-of-the-master');
  await bench.close();
});

async function running(mark: string): Promise<number> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(processes.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line === `./${mark}\0` + '1000\0').length;
}
