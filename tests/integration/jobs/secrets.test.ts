import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokens } from '@danube/core/services/tokens.js';
import { TestDanube } from '@danube/test-support/danube.js';
import { filesHolding, processesShowing } from '@danube/test-support/find-secret.js';
import { afterEach, expect, test, vi } from 'vitest';

const value = 'open-sesame-4711';
const digest = 'ee0a'; // how the pipeline shows that it has the value without printing it

let danube: TestDanube;
afterEach(() => danube.stop());

const container = () => danube.running.container;
const set = (name: string, text: string) =>
  container().resolve(Tokens.Secrets).set(name, text, { kind: 'pipeline', pipelineId: 'main' }, 'ada');
const connectionOf = (id: string) =>
  JSON.parse(readFileSync(filesHolding('"token"', join(danube.folder, 'data', 'jobs', id))[0] ?? '', 'utf8')) as {
    rpc_url: string;
    token: string;
  };

async function ask(connection: { rpc_url: string; token: string }, jobId: string, key: string) {
  const answer = await fetch(`${connection.rpc_url}/rpc/get-secret`, {
    method: 'POST',
    headers: { authorization: `Bearer ${connection.token}` },
    body: JSON.stringify({ job_id: jobId, key }),
  });
  return { status: answer.status, body: await answer.text() };
}

const waiting = `
import hashlib, os, time
from danube import secrets, step
value = secrets.get("TOKEN")
print("digest", hashlib.sha256(value.encode()).hexdigest()[:4], flush=True)
step.run("until test -e $GO; do sleep 0.05; done", env={"GO": os.environ["GO"]})
print("again", hashlib.sha256(secrets.get("TOKEN").encode()).hexdigest()[:4])
`;

test('a job gets its secret, also after a restart, and it stands nowhere else', async () => {
  danube = await TestDanube.start(waiting);
  await set('TOKEN', value);
  const go = join(danube.folder, 'go');
  const { id } = await danube.trigger({ env: { GO: go } });
  await danube.logHas(id, 'digest');
  expect(processesShowing(value)).toEqual([]);
  expect(filesHolding(value, danube.folder)).toEqual([]);
  await danube.halt();
  await danube.boot();
  expect(await danube.running.container.resolve(Tokens.JobSecretRepository).listByJob(id)).toHaveLength(1);
  const connection = connectionOf(id);
  writeFileSync(go, '');
  expect((await danube.until(id)).status).toBe('success');
  const log = await danube.log(id);
  expect(log).toContain(`digest ${digest}`);
  expect(log).toContain(`again ${digest}`);
  const { items } = await container().resolve(Tokens.AuditLog).list({ limit: 10 });
  expect(items.map(({ actor, outcome, secret, jobId }) => [actor, outcome, secret, jobId])).toEqual([
    ['pipeline main', 'given', 'TOKEN', id],
    ['pipeline main', 'given', 'TOKEN', id],
    ['ada', 'stored', 'TOKEN', undefined],
  ]);
  expect(await ask(connection, id, 'TOKEN')).toMatchObject({ status: 401 });
  expect(await container().resolve(Tokens.JobSecretRepository).listByJob(id)).toEqual([]);
});

test('its token opens no secret of another job, and none once the job has ended', async () => {
  danube = await TestDanube.start(waiting, { max_concurrent_jobs: 2 });
  await set('TOKEN', value);
  const go = join(danube.folder, 'go');
  const one = await danube.trigger({ env: { GO: go } });
  danube.project.commit({ note: 'another commit' });
  const other = await danube.trigger({ env: { GO: go } });
  await danube.logHas(one.id, 'digest');
  await danube.logHas(other.id, 'digest');
  const connection = connectionOf(one.id);
  expect(await ask(connection, one.id, 'TOKEN')).toEqual({ status: 200, body: JSON.stringify({ value }) });
  expect(await ask(connection, other.id, 'TOKEN')).toMatchObject({ status: 403 });
  expect(await ask({ ...connection, token: 'guessed' }, one.id, 'TOKEN')).toMatchObject({ status: 401 });
  await container().resolve(Tokens.CancelJob).execute(one.id, 'enough');
  await danube.log(one.id);
  expect(await ask(connection, one.id, 'TOKEN')).toMatchObject({ status: 401 });
});

test('an unknown name is refused with how to store it, and nothing of other pipelines', async () => {
  danube = await TestDanube.start('from danube import secrets\nsecrets.get("TOKEN")\n');
  await set('OTHER', 'another value');
  const { id } = await danube.trigger();
  const job = await danube.until(id);
  expect(job.status).toBe('failure');
  expect(job.reason).toContain('this job has no secret "TOKEN"');
  expect(job.reason).toContain('danube secret set TOKEN --pipeline main');
  expect(job.reason).not.toContain('OTHER');
});

test('a job from a fork gets none', async () => {
  danube = await TestDanube.start('from danube import secrets\nsecrets.get("TOKEN")\n');
  await set('TOKEN', value);
  const pipeline = await container().resolve(Tokens.PipelineRepository).findById('main');
  if (pipeline === undefined) throw new Error('it is configured');
  const enqueue = container().resolve(Tokens.EnqueueJob);
  const ref = 'refs/heads/main';
  const enqueued = await enqueue.insert(pipeline, {
    trigger: { type: 'webhook', ref, actor: 'mallory' },
    source: { repositoryUrl: danube.project.url, ref, branch: 'main', commit: danube.project.head() },
    pullRequest: { number: 1, targetBranch: 'main', fromFork: true },
    withSecrets: false,
    env: {},
  });
  await enqueue.release([enqueued]);
  const job = await danube.until(enqueued.job.id);
  expect(job.reason).toContain('secrets_withheld');
  const [entry] = (await container().resolve(Tokens.AuditLog).list({ limit: 1 })).items;
  expect(entry).toMatchObject({ outcome: 'withheld', secret: 'TOKEN', jobId: job.id });
  expect(await container().resolve(Tokens.JobSecretRepository).listByJob(job.id)).toEqual([]);
});

const printing = `
import base64, json, sys, time, urllib.parse
from danube import secrets, step
token, key = secrets.get("TOKEN"), secrets.get("KEY")
for part in (token[:5], token[5:] + " half and half\\n"):
    sys.stdout.write(part)
    sys.stdout.flush()
    time.sleep(0.05)
step.run(f"printf '%s\\\\n' '{token}' >&2", name=f"uses {token}")
step.run("cat", name="nothing")
for shown in (base64.b64encode(("user:" + token).encode()).decode(), urllib.parse.quote(token), json.dumps(key), key):
    print("<" + shown + ">")
raise SystemExit("gave up on " + token)
`;

test('no secret of a job is in its log, its steps and its reason, in whatever form it was printed', async () => {
  danube = await TestDanube.start(printing);
  const key = 'first "line"\nsecond line of the key\nthird';
  await set('TOKEN', 'open/sesame 4711');
  await set('KEY', key);
  await set('PIN', '123');
  const { id } = await danube.trigger();
  const job = await danube.until(id);
  const log = await danube.log(id);
  expect(job.reason).toBe('gave up on ***');
  expect(log).toContain('[coordinator] [stdout] *** half and half\n');
  expect(log).toContain('[uses ***] [stderr] ***\n');
  expect(log).toContain('[coordinator] [stdout] <***>\n');
  expect(log).toMatch(
    /\[danube\] \[stdout\] warning: not hidden in this log, because shorter than 4 characters: PIN\n/,
  );
  for (const text of ['sesame', '4711', 'second line', 'b3Blbi9zZXNhbW', '%204711']) expect(log).not.toContain(text);
  const steps = await container().resolve(Tokens.StepRepository).listByJob(id);
  expect(steps.map(({ name, command }) => [name, command])).toEqual([
    ['uses ***', "printf '%s\\n' '***' >&2"],
    ['nothing', 'cat'],
  ]);
  // what the runtime kept of the job goes when its log is complete
  await vi.waitFor(() => expect(filesHolding('sesame 4711', join(danube.folder, 'data'))).toEqual([]), 10_000);
});
