import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { awaitOutput, collectProcess } from '@danube/test-support/collect-process.js';
import { isolationModes } from '@danube/test-support/isolation-modes.js';
import { openLocalRuntime, type LocalRuntimeHarness } from '@danube/test-support/local-runtime-harness.js';
import { never, RuntimeBench } from '@danube/test-support/runtime-contract/runtime-bench.js';
import type { Isolation } from './isolation/isolation.js';
import type { JobSpec, ProcessRef } from '../../services/ports/job-runtime.js';

const run = promisify(execFile);
let harness: LocalRuntimeHarness;
let mode: Isolation['mode'] = 'none';
const bench = new RuntimeBench(async () => (harness = await openLocalRuntime(mode)));

beforeEach(() => bench.open());
afterEach(async () => {
  vi.unstubAllEnvs();
  await bench.close();
  mode = 'none';
});

function folderOf({ jobId, sequence }: ProcessRef): string {
  return join(harness.dataDir, 'jobs', jobId, 'processes', String(sequence));
}

async function supervisorOf(process: ProcessRef): Promise<number> {
  return Number((await readFile(join(folderOf(process), 'claim'), 'utf8')).split(' ')[0]);
}

async function runningStep(job: JobSpec, command = 'echo up; exec sleep 1000') {
  const spec = bench.step(job, command);
  await bench.runtime.startStep(spec);
  await awaitOutput(bench.runtime, spec, (text) => text.includes('up'));
  return spec;
}

test('a step whose supervisor is killed is lost, for the master that started it and for another', async () => {
  const spec = await runningStep(await bench.startJob());
  const followers = [bench.runtime, bench.harness.reopen()].map((runtime) => collectProcess(runtime, spec));
  process.kill(await supervisorOf(spec), 'SIGKILL');
  for (const { stdout, end } of await Promise.all(followers)) {
    expect(stdout.toString()).toBe('up\n');
    expect(end).toEqual({ kind: 'lost', reason: 'its supervisor was killed before it could record the end' });
  }
});

test('a step whose command is killed from outside has its end on record', async () => {
  const spec = await runningStep(await bench.startJob(), 'echo up; echo $$; exec sleep 1000');
  const output = await awaitOutput(bench.runtime, spec, (text) => /up\n\d+\n/.test(text));
  process.kill(Number(output.split('\n')[1]), 'SIGKILL');
  expect((await collectProcess(bench.runtime, spec)).end).toMatchObject({ kind: 'exited', exitCode: 137 });
});

test('a daemon that prints faster than its output is read does not put off the end', async () => {
  const spec = bench.step(await bench.startJob(), '(while :; do echo tick; done) & sleep 0.1; exit 4');
  await bench.runtime.startStep(spec);
  let end: unknown;
  for await (const event of bench.runtime.follow(spec, { stdout: 0, stderr: 0 }, never)) {
    if (event.kind === 'end') end = event.end;
    else await delay(50);
  }
  expect(end).toMatchObject({ exitCode: 4 });
});

test('a step of an earlier boot, or whose process number went to another process, is lost', async () => {
  const spec = await runningStep(await bench.startJob());
  const claim = join(folderOf(spec), 'claim');
  const [pid, ticks, boot] = (await readFile(claim, 'utf8')).trim().split(' ');
  await writeFile(claim, `${pid} ${ticks} 00000000-0000-0000-0000-000000000000\n`);
  expect((await collectProcess(bench.harness.reopen(), spec)).end).toEqual({
    kind: 'lost',
    reason: 'the machine was restarted while it ran',
  });
  await writeFile(claim, `${pid} ${Number(ticks) + 1} ${boot}\n`);
  expect((await collectProcess(bench.harness.reopen(), spec)).end).toMatchObject({ kind: 'lost' });
});

test('a full disk does not keep the end of a step from being known', async (context) => {
  const { jobId } = harness.job('exit 0');
  const disk = join(harness.dataDir, 'jobs');
  await mkdir(disk, { recursive: true });
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', disk]).catch(() => undefined);
  if (mounted === undefined) return context.skip('this user may not mount a small disk');
  try {
    const job = { ...harness.job('exec sleep 1000'), jobId };
    await bench.runtime.start(job, never);
    const spec = bench.step(job, `trap '' PIPE; head -c 3000000 /dev/zero; echo more; exit 6`);
    await bench.runtime.startStep(spec);
    const { stdout, end } = await collectProcess(bench.runtime, spec);
    expect(end).toMatchObject({ kind: 'exited', exitCode: 6 });
    expect(stdout.length).toBeGreaterThan(100_000);
    await expect(bench.runtime.startStep(bench.step(job, 'true'))).rejects.toMatchObject({
      code: 'runtime_unavailable',
    });
    await bench.runtime.stopJob(jobId, 0);
  } finally {
    await run('umount', ['--lazy', disk]);
  }
});

test('jobs get no more of the environment of the master than they need', async () => {
  vi.stubEnv('DANUBE_TOKEN', 'secret-of-the-master');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret-of-the-master');
  vi.stubEnv('LC_TIME', 'C.UTF-8');
  const { stdout } = await bench.runStep(await bench.startJob(), 'env');
  expect(stdout).not.toContain('secret-of-the-master');
  expect(stdout).toContain('LC_TIME=C.UTF-8\n');
  expect(stdout).toContain(`HOME=${process.env['HOME']}\n`);
});

test('the coordinator finds the SDK before anything that the pipeline adds to PYTHONPATH', async () => {
  const job = { ...harness.job('echo "$PYTHONPATH"'), env: { PYTHONPATH: 'own' } };
  bench.removeLater(job);
  await bench.runtime.start(job, never);
  const { stdout } = await collectProcess(bench.runtime, { jobId: job.jobId, sequence: 0 });
  expect(stdout.toString()).toMatch(/\/sdk:own\n$/);
});

test('processes that fork faster than they can be counted end with their job', async () => {
  const job = await bench.startJob();
  const forking =
    'fork() { [ "$1" -gt 6 ] && { sleep 1; exec setsid sh -c "$2" sh 0 "$2"; }; fork $(($1 + 1)) "$2" & fork $(($1 + 1)) "$2" & wait; }';
  await runningStep(job, `trap '' TERM; echo up; ${forking}; fork 0 'sleep 1000'`);
  await bench.runtime.stopJob(job.jobId, 20);
  const { stdout } = await run('/bin/sh', ['-c', `grep -lszx "DANUBE_JOB_ID=${job.jobId}" /proc/[0-9]*/environ; true`]);
  expect(stdout).toBe('');
});

async function installEngine(script: string): Promise<void> {
  const bin = join(harness.dataDir, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, 'podman'), `#!/bin/sh\n${script}\n`);
  await writeFile(join(bin, 'docker'), '#!/bin/sh\nexit 1\n');
  await chmod(join(bin, 'podman'), 0o755);
  await chmod(join(bin, 'docker'), 0o755);
  vi.stubEnv('PATH', `${bin}:${process.env['PATH']}`);
}

test('a step with an image needs a container engine, and says so', async () => {
  const job = await bench.startJob();
  await installEngine('exit 1');
  const spec = { ...bench.step(job, 'true'), image: 'alpine:3.20' };
  await expect(bench.runtime.startStep(spec)).rejects.toMatchObject({
    code: 'container_engine_missing',
    category: 'invalid',
    message: expect.stringContaining('alpine:3.20') as string,
  });
});

test.each(isolationModes)(
  'a step with an image runs in a container that has the workspace, isolated by $title',
  async ({ mode: tried, problem }) => {
    if (problem !== undefined) return;
    await bench.close();
    mode = tried;
    await bench.open();
    const job = await bench.startJob();
    const calls = join(harness.dataDir, 'calls');
    // stands in for the engine: notes its arguments, and runs what follows the image
    await installEngine(
      `echo "$*" >>${calls}; [ "$1" = run ] || exit 0; while [ "$1" != alpine:3.20 ]; do shift; done; shift; exec /bin/sh "$@"`,
    );
    const spec = { ...bench.step(job, 'cat greeting; echo "$OWN $OF_THE_JOB"', { OWN: 'a b' }), image: 'alpine:3.20' };
    await bench.runtime.startStep(spec);
    const { stdout, end } = await collectProcess(bench.runtime, spec);
    expect([stdout.toString(), end]).toEqual(['hello\na b shared\n', expect.objectContaining({ exitCode: 0 })]);
    await bench.runtime.startStep(spec);
    await bench.runtime.stop(spec, 0);
    const name = `danube-${job.jobId}-${spec.sequence}`;
    const [version, started, removed, ...others] = (await readFile(calls, 'utf8')).trim().split('\n');
    const workspace = join(harness.dataDir, 'jobs', job.jobId, 'workspace');
    expect([version, removed, others]).toEqual(['version', `rm --force --volumes ${name}`, []]);
    expect(started).toContain(`--name ${name} --workdir ${workspace} `);
    expect(started).toContain(`--volume ${workspace}:${workspace} `);
    expect(started).not.toContain('a b');
  },
);
