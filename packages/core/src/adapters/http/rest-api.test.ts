import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DanubeError } from '@danube/plugin-api';
import { HttpFixture } from '@danube/test-support/http-fixture.js';
import { samplePipeline, sampleStep } from '@danube/test-support/database-samples.js';
import type { ConfigSyncOutcome, HttpDependencies, ReadinessCheck } from './http-dependencies.js';

interface List {
  items: { id: string; last_job?: { id: string } }[];
  next_cursor?: string;
}

let http: HttpFixture;
const checks: ReadinessCheck[] = [];
let outcome: ConfigSyncOutcome;

beforeEach(async () => {
  checks.length = 0;
  http = await HttpFixture.start({ readinessChecks: checks, syncConfig: () => Promise.resolve(outcome) });
  await http.addPipelines('api', 'web', 'worker');
});

afterEach(async () => {
  await http.stop();
});

/** Ids of a list, through all of its pages. */
async function pages(path: string): Promise<string[][]> {
  const result: string[][] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const { body } = (await http.json(path + (cursor && `&cursor=${cursor}`))) as { body: List };
    result.push(body.items.map(({ id }) => id));
    cursor = body.next_cursor;
  }
  return result;
}

test('pipelines come by name, page by page, with their last job', async () => {
  await http.addJob();
  const last = await http.addJob();
  expect(await pages('/api/v1/pipelines?limit=2')).toEqual([['api', 'web'], ['worker']]);
  const { body } = (await http.json('/api/v1/pipelines')) as { body: List };
  expect(body.items.map((item) => item.last_job?.id)).toEqual([undefined, last.id, undefined]);
  expect(await pages('/api/v1/pipelines?search=w')).toEqual([['web', 'worker']]);
  expect(await pages('/api/v1/pipelines?team=nobody')).toEqual([[]]);
});

test('pipelines show their last 20 jobs, newest first, and when a schedule is due next', async () => {
  for (let number = 1; number <= 21; number += 1) await http.addJob();
  const triggers = [{ type: 'cron', schedule: '0 3 * * *', catchUp: 'none', skipIfRunning: false }] as const;
  await http.database.pipelines.upsert([samplePipeline('web', { triggers })]);
  const { body } = (await http.json('/api/v1/pipelines?search=web')) as { body: List };
  const [web] = body.items as unknown as [{ recent_jobs: { number: number }[]; next_run_at: string }];
  expect(web.recent_jobs.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => 21 - index));
  expect(web.recent_jobs[0]).toMatchObject({ status: 'pending' });
  expect(web.next_run_at).toMatch(/T03:00:00.000Z$/);
});

test('the branches of a pipeline are those of its repository', async () => {
  expect((await http.json('/api/v1/pipelines/web/branches')).body).toEqual({ items: ['main', 'next'] });
  expect(await http.json('/api/v1/pipelines/none/branches')).toMatchObject({ status: 404 });
});

test('a second run is a new job in the name of who asked', async () => {
  const job = await http.addJob();
  const again = await http.json(`/api/v1/jobs/${job.id}/rerun`, {});
  expect(again).toMatchObject({ status: 201, body: { number: 2, trigger: { actor: 'admin' } } });
  expect(await http.json('/api/v1/jobs/none/rerun', {})).toMatchObject({ status: 404 });
});

test('one pipeline shows its settings', async () => {
  expect((await http.json('/api/v1/pipelines/web')).body).toMatchObject({
    id: 'web',
    file: 'danubefile.py',
    timeout_seconds: 3600,
    concurrency: 'queue',
    origin: { file: 'pipelines/web.yaml', line: 1 },
  });
  expect(await http.json('/api/v1/pipelines/none')).toMatchObject({
    status: 404,
    body: { error: { code: 'pipeline_not_found' } },
  });
});

test('a trigger starts a job, and says so when the same one has not ended', async () => {
  const commit = 'd'.repeat(40);
  const created = await http.json('/api/v1/pipelines/web/trigger', { branch: 'next', commit, env: { A: '1' } });
  expect(created).toMatchObject({
    status: 201,
    body: {
      pipeline_id: 'web',
      status: 'pending',
      trigger: { type: 'manual', actor: 'admin', ref: 'refs/heads/next' },
      source: { ref: 'refs/heads/next', branch: 'next', commit },
    },
  });
  const { id } = created.body as { id: string };
  expect((await http.json(`/api/v1/jobs/${id}`)).body).toMatchObject({ env: { A: '1' }, steps: [] });
  expect(await http.json('/api/v1/pipelines/web/trigger', { branch: 'next', commit })).toMatchObject({
    status: 200,
    body: { id },
  });
  const bare = await http.fetch('/api/v1/pipelines/web/trigger', { method: 'POST' });
  expect(bare.status).toBe(201);
  expect(bare.headers.get('location')).toBe(`/api/v1/jobs/${((await bare.json()) as { id: string }).id}`);
});

test('a job shows what its forge knows', async () => {
  const { id } = await http.addJob();
  const shown = async () => (await http.json(`/api/v1/jobs/${id}`)).body as { commit_status?: unknown };
  expect(await shown()).not.toHaveProperty('commit_status');
  await http.database.commitStatuses.expect(id, 'hub');
  expect((await shown()).commit_status).toEqual({ forge: 'hub', settled: false });
  await http.database.commitStatuses.recordReported(id, 'timeout', true);
  expect((await shown()).commit_status).toEqual({ forge: 'hub', reported: 'error', settled: true });
});

test.each([
  [{ branch: 'a', ref: 'refs/heads/a' }, 'body ref and body branch exclude each other'],
  [{ brnach: 'a' }, 'body brnach is not known; accepted: branch, ref, commit, env'],
  [{ commit: 'HEAD' }, 'body commit must be text that matches ^([0-9a-f]{40}|[0-9a-f]{64})$'],
  [{ env: { A: 1 } }, 'body env.A must be one text'],
])('the trigger %j is refused by name', async (body, message) => {
  expect(await http.json('/api/v1/pipelines/web/trigger', body)).toMatchObject({
    status: 400,
    body: { error: { code: 'request_invalid', message: expect.stringContaining(message) as string } },
  });
});

test('jobs come newest first, page by page, while new ones arrive', async () => {
  const ids: string[] = [];
  for (let count = 0; count < 5; count += 1) ids.unshift((await http.addJob()).id);
  const { body } = (await http.json('/api/v1/jobs?limit=2')) as { body: List };
  await http.addJob();
  expect(body.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  expect(
    await pages(`/api/v1/jobs?limit=2&cursor=${body.next_cursor}`.replace(/&cursor=.*/, '')).then((all) =>
      all.flat().slice(1),
    ),
  ).toEqual(ids);
});

test('jobs are filtered by pipeline, status, branch, trigger and time', async () => {
  const start = Date.parse('2026-01-06T00:00:00Z');
  const first = await http.addJob({ createdAt: start });
  const second = await http.addJob({ createdAt: start + 1000, branch: 'next', pipelineId: 'api' });
  const third = await http.addJob({
    createdAt: start + 2000,
    trigger: { type: 'cron', ref: '0 0 * * *', actor: 'cron' },
  });
  await http.move(first, 'cancelled');
  await http.move(second, 'scheduling');
  const found = async (query: string) => (await pages(`/api/v1/jobs?limit=9&${query}`)).flat();
  expect(await found('pipeline=api')).toEqual([second.id]);
  expect(await found('status=cancelled')).toEqual([first.id]);
  expect(await found('status=cancelled,pending')).toEqual([third.id, first.id]);
  expect(await found('status=cancelled&status=scheduling')).toEqual([second.id, first.id]);
  expect(await found('branch=next')).toEqual([second.id]);
  expect(await found('trigger=cron')).toEqual([third.id]);
  expect(await found('created_from=2026-01-06T00:00:01Z')).toEqual([third.id, second.id]);
  expect(await found('created_before=2026-01-06T01:00:01%2B01:00')).toEqual([first.id]);
});

test.each([
  ['limit=0', 'query limit must be an integer from 1 to 200'],
  ['limit=many', 'query limit must be an integer from 1 to 200'],
  ['limit=1&limit=2', 'query limit must be an integer from 1 to 200'],
  ['status=done', 'query status.0 must be one of pending, scheduling, running, success, failure, timeout, cancelled'],
  ['trigger=push', 'query trigger must be one of manual, webhook, cron, cli'],
  ['created_from=yesterday', 'query created_from must be a time such as 2026-01-06T12:34:56Z'],
  ['created_from=2026-13-45T99:00:00Z', 'query created_from must be a time such as'],
  ['cursor=17', 'query cursor must be an id such as'],
  ['pipelin=web', 'query pipelin is not known; accepted: limit, cursor, pipeline, status'],
  ['__proto__=1', 'query __proto__ is not known'],
])('?%s is refused with what is accepted', async (query, message) => {
  expect(await http.json(`/api/v1/jobs?${query}`)).toMatchObject({
    status: 400,
    body: { error: { code: 'request_invalid', message: expect.stringContaining(message) as string } },
  });
});

test('one job shows its steps with times in ISO 8601', async () => {
  const job = await http.addJob();
  await http.database.steps.createOnce(sampleStep(job.id, 1, { status: 'running', startedAt: 1_767_225_601_500 }));
  expect((await http.json(`/api/v1/jobs/${job.id}`)).body).toMatchObject({
    id: job.id,
    number: 1,
    pipeline: 'web',
    created_at: '2026-01-01T00:00:00.000Z',
    steps: [{ sequence: 1, name: 'step-1', command: 'make test', started_at: '2026-01-01T00:00:01.500Z' }],
  });
  expect(await http.json('/api/v1/jobs/none')).toMatchObject({
    status: 404,
    body: { error: { code: 'job_not_found' } },
  });
});

test('a job is cancelled in the name of the caller', async () => {
  const job = await http.addJob();
  expect(await http.json(`/api/v1/jobs/${job.id}/cancel`, {})).toMatchObject({
    status: 200,
    body: { id: job.id, status: 'cancelled', reason: 'cancelled by admin' },
  });
  expect(await http.json('/api/v1/jobs/none/cancel', {})).toMatchObject({ status: 404 });
});

test('a config sync answers how it went, and the state shows the last ones', async () => {
  const problem = {
    file: 'a.yaml',
    line: 3,
    column: 5,
    path: 'spec.team',
    message: 'is wrong',
    suggestion: 'platform',
  };
  const failure = { package: 'p', status: 'quarantined', reason: 'it throws' } as const;
  const failed = { status: 'failed', commit: 'b'.repeat(40), problems: [problem], changes: [] } as const;
  outcome = { ...failed, pluginFailures: [failure] };
  const body = { ...failed, plugin_failures: [failure] };
  expect(await http.json('/api/v1/config/sync', {})).toEqual({ status: 200, body });
  expect((await http.json('/api/v1/config')).body).toEqual({
    repository: { url: 'https://git.example.org/config.git', branch: 'main' },
    syncs: [],
  });
  const sync = {
    commit: 'b'.repeat(40),
    status: 'failed',
    startedAt: 0,
    finishedAt: 1500,
    problems: [problem],
  } as const;
  await http.database.configState.recordSync(sync);
  expect((await http.json('/api/v1/config')).body).toMatchObject({
    syncs: [{ status: 'failed', finished_at: '1970-01-01T00:00:01.500Z', problems: [problem] }],
  });
});

test('health says ok; readiness tells required from optional and keeps internal messages to itself', async () => {
  expect(await http.json('/health')).toEqual({ status: 200, body: { status: 'ok' } });
  checks.push({ name: 'database', optional: false, check: () => Promise.resolve() });
  expect(await http.json('/health/ready')).toMatchObject({ status: 200, body: { status: 'ok' } });
  const failing = (error: Error) => () => Promise.reject(error);
  checks.push({ name: 'registry', optional: true, check: failing(new Error('password=hunter2')) });
  const degraded = await http.json('/health/ready');
  expect(degraded).toMatchObject({ status: 200, body: { status: 'degraded' } });
  expect(JSON.stringify(degraded)).not.toContain('hunter2');
  const stale = new DanubeError('config_stale', 'no good sync for an hour', { category: 'unavailable' });
  checks.push({ name: 'config', optional: false, check: failing(stale) });
  expect(await http.json('/health/ready')).toMatchObject({
    status: 503,
    body: {
      status: 'unavailable',
      checks: [{ status: 'ok' }, { status: 'failed' }, { status: 'failed', message: 'no good sync for an hour' }],
    },
  });
});

test('a readiness check that hangs counts as failed', async () => {
  const limit = new AbortController();
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
  const hang = (): Promise<void> => {
    setImmediate(() => limit.abort());
    return new Promise(() => undefined);
  };
  checks.push({ name: 'slow', optional: false, check: hang });
  expect(await http.json('/health/ready')).toMatchObject({
    status: 503,
    body: { checks: [{ name: 'slow', status: 'failed' }] },
  });
  timeout.mockRestore();
});

test('a one-time token opens one session; the session opens the API until it is logged out', async () => {
  const post = (path: string, headers: Record<string, string>, body?: unknown) =>
    fetch(http.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body ?? {}),
    });
  const token = http.oneTimeTokens.issue({ name: 'admin' });
  const opened = await post('/auth/one-time', {}, { token });
  expect(await opened.json()).toEqual({ name: 'admin' });
  const setCookie = opened.headers.get('set-cookie') ?? '';
  expect(setCookie).toMatch(/^danube_session=[\w-]{43}; path=\/; expires=[^;]+; samesite=strict; httponly$/);
  expect((await post('/auth/one-time', {}, { token })).status).toBe(401);

  const cookie = setCookie.split(';')[0] ?? '';
  expect((await fetch(`${http.url}/api/v1/jobs`, { headers: { cookie } })).status).toBe(200);
  expect((await fetch(`${http.url}/api/v1/jobs`, { headers: { cookie, authorization: 'Bearer no' } })).status).toBe(
    401,
  );
  expect(await (await fetch(`${http.url}/auth/session`, { headers: { cookie } })).json()).toEqual({ name: 'admin' });
  expect((await post('/auth/logout', { cookie })).status).toBe(204);
  expect((await fetch(`${http.url}/api/v1/jobs`, { headers: { cookie } })).status).toBe(401);
});

test('behind https the session cookie is marked secure', async () => {
  const settings: HttpDependencies['settings'] = { ...http.deps.settings, publicUrlIsHttps: true };
  const secure = await HttpFixture.start({ settings });
  const response = await secure.fetch('/auth/one-time', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: secure.oneTimeTokens.issue({ name: 'admin' }) }),
  });
  expect(response.headers.get('set-cookie')).toContain('; secure;');
  await secure.stop();
});
