import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { collectProcess } from '@danube/test-support/collect-process.js';
import { isolationModes } from '@danube/test-support/isolation-modes.js';
import { openLocalRuntime, type LocalRuntimeHarness } from '@danube/test-support/local-runtime-harness.js';
import type { Isolation } from './isolation/isolation.js';
import type { JobSpec, StepSpec } from '../../services/ports/job-runtime.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

let harness: LocalRuntimeHarness;
let bundle: string;
let program: string;
let job: JobSpec;

async function open(mode: Isolation['mode']): Promise<void> {
  harness = await openLocalRuntime(mode);
  bundle = join(harness.dataDir, 'runtime.mjs');
  await build({
    entryPoints: [here('local-runtime.ts')],
    alias: { '@danube/plugin-api': here('../../../../plugin-api/src/index.ts') },
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  // another user may not be allowed to read this repository
  program = join(harness.dataDir, 'master.mjs');
  await copyFile(here('fixtures/master.mjs'), program);
  job = harness.job('exec sleep 1000');
  await harness.runtime.start(job, new AbortController().signal);
}

afterEach(async () => {
  await harness.runtime.stopJob(job.jobId, 0);
  await harness.runtime.cleanUp(job.jobId);
  await harness.close();
});

function master(action: string, argument: unknown, uid?: number): ChildProcess {
  const args = [program, bundle, harness.dataDir, action, JSON.stringify(argument)];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], ...(uid === undefined ? {} : { uid }) });
}

/** Resolves when it has said the word; goes on reading, so that the master is not ended by a closed pipe. */
function said(child: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      text += bytes.toString();
      if (text.includes(word)) resolve();
    });
    child.once('exit', () => reject(new Error(`the master ended and had only said ${JSON.stringify(text)}`)));
  });
}

async function kill(child: ChildProcess): Promise<void> {
  // it may have come to its end first
  if (child.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

function step(sequence: number, command: string): StepSpec {
  return { jobId: job.jobId, sequence, name: 'step', command, env: {}, image: undefined };
}

describe.each(isolationModes)('isolated by $title:', ({ mode, problem }) => {
  if (problem !== undefined) return test.skip(problem, () => undefined);
  beforeEach(() => open(mode));

  test('a killed master takes nothing with it: the next one gets every byte and the exit code', async () => {
    const lines = 600;
    const spec = step(
      1,
      `echo ran >>runs; i=0; while [ $i -lt ${lines} ]; do echo "out $i"; echo "err $i" >&2; i=$((i + 1)); ` +
        `[ $((i % 50)) -eq 0 ] && sleep 0.05; done; exit 5`,
    );
    const first = master('runStep', spec);
    await said(first, 'output');
    await kill(first);

    const next = harness.reopen();
    expect(await next.adopt(job.jobId, job.connection)).toBe('started');
    await next.startStep(spec);
    const { stdout, stderr, end } = await collectProcess(next, spec);
    expect(end).toMatchObject({ kind: 'exited', exitCode: 5 });
    const expected = (name: string) => Array.from({ length: lines }, (_, i) => `${name} ${i}\n`).join('');
    expect(stdout.toString()).toBe(expected('out'));
    expect(stderr.toString()).toBe(expected('err'));
    const folder = join(harness.dataDir, 'jobs', job.jobId);
    expect(await readFile(join(folder, 'workspace', 'runs'), 'utf8')).toBe('ran\n');
  });

  test('whenever a master is killed while it starts a step, the step runs once', async () => {
    const rounds = 12;
    for (let sequence = 1; sequence <= rounds; sequence += 1) {
      const spec = step(sequence, 'echo ran; sleep 0.05');
      const first = master('runStep', spec);
      await said(first, 'starting');
      await delay(Math.random() * 25);
      await kill(first);
      const next = harness.reopen();
      await Promise.all([next.startStep(spec), harness.runtime.startStep(spec)]);
      const { stdout, end } = await collectProcess(next, spec);
      expect([sequence, stdout.toString(), end]).toEqual([sequence, 'ran\n', expect.objectContaining({ exitCode: 0 })]);
    }
  });
});

const nobody = process.getuid?.() === 0 ? 65534 : undefined;
const canBeNobody = nobody === undefined || spawnSync(process.execPath, ['--version'], { uid: nobody }).status === 0;

test.skipIf(!canBeNobody)('cleaning up removes read-only folders also without the rights of root', async () => {
  await open('none');
  const spec = step(1, 'mkdir -p deep/er; touch deep/er/file; chmod 400 deep/er; chmod 500 deep');
  await harness.runtime.startStep(spec);
  await collectProcess(harness.runtime, spec);
  await harness.runtime.stopJob(job.jobId, 0);
  if (nobody !== undefined) {
    const give = ['-c', 'chown -R "$1" "$2/jobs" && chmod 755 "$2/.."', 'sh', String(nobody), harness.dataDir];
    expect(await once(spawn('/bin/sh', give), 'exit')).toEqual([0, null]);
  }
  expect(await once(master('cleanUp', job.jobId, nobody), 'exit')).toEqual([0, null]);
  expect(await harness.runtime.listJobs()).toEqual([]);
});
