import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { processesWith, ServedProject } from '@danube/test-support/served-project.js';
import { onAnotherMachine, onKubernetes } from '@danube/test-support/test-runtime.js';

/** It counts from before a pod is there. */
const timeout = onKubernetes ? '8s' : '2s';
const endless = `
print("spinning", flush=True)
while True:
    pass
`;

/** Children of children, in sessions of their own, with closed output, and one that a step leaves. */
const forks = `
import os, sys, time
from danube import step

for i in range(20):
    if os.fork() == 0:
        if i % 2:
            os.setsid()
        if i % 3 == 0 and os.fork() != 0:
            os._exit(0)
        sys.stdout.flush()
        os.closerange(0, 64)
        time.sleep(600)
        os._exit(0)
step.run("(setsid nohup sleep 600 >/dev/null 2>&1 &); sleep 600 & echo left", name="leave")
`;

const threads = 20;
const parallel = `
from concurrent.futures import ThreadPoolExecutor
from danube import step

step.run("mkdir -m 777 marks", name="prepare", check=True)

def one(i):
    # each goes on only when all of them run
    return step.run(
        f"touch marks/{i}; until [ $(ls marks | wc -l) = ${threads} ]; do sleep 0.1; done; seq 1 50; echo end of {i}",
        name=f"step-{i}",
        check=True,
    ).stdout

with ThreadPoolExecutor(${threads}) as pool:
    texts = list(pool.map(one, range(${threads})))
print("right", sum(f"end of {i}" in text for i, text in enumerate(texts)))
`;

let served: ServedProject;
beforeAll(async () => {
  served = await ServedProject.start({
    endless: { file: endless, spec: { timeout } },
    forks: { file: forks },
    parallel: { file: parallel, spec: { max_concurrent_steps: threads } },
  });
});
afterEach(() => served.expectServing());
afterAll(() => served.stop());

/** Where the processes of jobs are not ours to see, they have gone with the pod. */
async function expectNothingLeft(id: string, mark: string): Promise<void> {
  if (!onKubernetes) return expect(processesWith(mark)).toEqual([]);
  const cluster = await served.cluster();
  await expect.poll(() => cluster.pod(id), { timeout: 30_000 }).toBeUndefined();
  if (!onAnotherMachine) expect(processesWith(mark)).toEqual([]);
}

test('a pipeline file that loops for ever is ended at the timeout, its log is kept, and nothing of it lives on', async () => {
  const job = await served.run('endless', { MARK: `mark-${served.folder}-endless` });
  expect(job).toMatchObject({ status: 'timeout', reason: expect.stringContaining(timeout) as string });
  expect((await served.output(job.id, 'coordinator')).toString()).toBe('spinning\n');
  await expectNothingLeft(job.id, `mark-${served.folder}-endless`);
});

test('children and daemons that a job leaves behind are gone when it has ended', async () => {
  const job = await served.run('forks', { MARK: `mark-${served.folder}-forks` });
  expect(job.status).toBe('success');
  expect((await served.output(job.id, 'leave')).toString()).toBe('left\n');
  await expectNothingLeft(job.id, `mark-${served.folder}-forks`);
});

test(`${threads} steps in threads run at once, and each has its own output whole and in order`, async () => {
  const job = await served.run('parallel');
  expect(job.status).toBe('success');
  expect(job.steps).toHaveLength(1 + threads);
  const numbers = Array.from({ length: 50 }, (_, n) => `${n + 1}\n`).join('');
  for (let i = 0; i < threads; i += 1) {
    expect((await served.output(job.id, `step-${i}`)).toString()).toBe(`${numbers}end of ${i}\n`);
  }
  expect((await served.output(job.id, 'coordinator')).toString()).toContain(`right ${threads}\n`);
});

test('what the server said meanwhile has no stack trace and no error', () => {
  const output = readFileSync(join(served.folder, 'server.log'), 'utf8');
  expect(output.split('\n').filter((line) => line.includes('"level":"ERROR"'))).toEqual([]);
});
