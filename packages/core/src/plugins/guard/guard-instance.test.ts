import { RecordingLoggers } from '@danube/test-support/recording-logger.js';
import { RecordingMetrics } from '@danube/test-support/recording-metrics.js';
import { DanubeError, type Forge, type GitAuthMethod, SecretValue, type Storage } from '@danube/plugin-api';
import { beforeEach, expect, test } from 'vitest';
import { pluginLimits } from '../limits.js';
import { CallGuard } from './call-guard.js';
import { guardInstance } from './guard-instance.js';
import { PluginContexts } from './plugin-contexts.js';

const never = new AbortController().signal;
const callsTotal = 'danube_plugin_calls_total';
let metrics: RecordingMetrics;
let loggers: RecordingLoggers;
let spans: string[];

beforeEach(() => {
  metrics = new RecordingMetrics();
  loggers = new RecordingLoggers();
  spans = [];
});

function guardOf(point: 'forges' | 'gitAuthMethods' | 'storages' | 'builders', callMs = 5_000): CallGuard {
  const tracer = {
    span: <T>(name: string, _attributes: object, work: () => Promise<T>) => {
      spans.push(name);
      return work();
    },
    traceparent: () => undefined,
  };
  const limits = { ...pluginLimits, callMs };
  return new CallGuard('test', point, {
    metrics,
    loggers,
    tracer,
    contexts: new PluginContexts(),
    limits,
    hideSecrets: (text) => text,
  });
}

const auth = (issueCredential: unknown, callMs?: number): GitAuthMethod =>
  guardInstance('gitAuthMethods', { issueCredential } as never, guardOf('gitAuthMethods', callMs));
const forge = (members: object): Forge =>
  guardInstance('forges', { credentialHeaders: [], ...members } as never, guardOf('forges'));
const count = (point: string, method: string, status: string) =>
  metrics.get(callsTotal, { plugin: 'test', point, method, status });

const delivery = { headers: {}, body: new Uint8Array() };
const repository = { url: 'https://example.com/a.git' };
const commit = 'a'.repeat(40);
const place = { fullName: 'a/b', cloneUrls: ['https://example.com/a/b'] };
const push = {
  kind: 'push',
  repository: place,
  ref: 'refs/heads/main',
  commit,
  before: undefined,
  message: '',
  actor: '',
};

test('a good answer passes, counted and with a span', async () => {
  const password = new SecretValue('pw');
  const method = auth(() => Promise.resolve({ kind: 'https', username: 'ci', password, more: 1 }));
  const credential = await method.issueCredential(repository, never);
  expect(credential).toMatchObject({ kind: 'https', username: 'ci' });
  expect(credential.kind === 'https' && credential.password.reveal()).toBe('pw');
  expect(count('gitAuthMethods', 'issueCredential', 'ok')).toBe(1);
  expect(spans).toEqual(['plugin test gitAuthMethods.issueCredential']);
});

test('a secret of another copy of the class, or a look-alike, comes out as one that prints as redacted', async () => {
  const password = { value: 'hunter2', reveal: () => 'hunter2' };
  const credential = await auth(() => Promise.resolve({ kind: 'https', username: 'ci', password })).issueCredential(
    repository,
    never,
  );
  expect(JSON.stringify(credential)).not.toContain('hunter2');
});

test('foreign errors are wrapped without their stack, and errors of the contract pass through', async () => {
  const cause = new TypeError('x is not a function\n  second line');
  await expect(auth(() => Promise.reject(cause)).issueCredential(repository, never)).rejects.toMatchObject({
    code: 'plugin_failed',
    category: 'internal',
    message: 'plugin test failed in gitAuthMethods.issueCredential: x is not a function',
    cause,
  });
  const own = new DanubeError('rate_limited', 'later', { category: 'unavailable', retryAfterMs: 5 });
  await expect(auth(() => Promise.reject(own)).issueCredential(repository, never)).rejects.toBe(own);
  const synchronous = () => {
    throw own;
  };
  await expect(auth(synchronous).issueCredential(repository, never)).rejects.toBe(own);
  const strange = Object.defineProperty({ category: 'nonsense' }, Symbol.for('danube.error'), { value: true });
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
  await expect(auth(() => Promise.reject(strange)).issueCredential(repository, never)).rejects.toMatchObject({
    code: 'plugin_failed',
  });
  expect(count('gitAuthMethods', 'issueCredential', 'error')).toBe(4);
});

test('a call that ignores its signal is left behind at the limit', async () => {
  let seen: AbortSignal | undefined;
  const method = auth((_: unknown, signal: AbortSignal) => {
    seen = signal;
    return new Promise(() => undefined);
  }, 50);
  await expect(method.issueCredential(repository, never)).rejects.toMatchObject({
    code: 'plugin_timeout',
    category: 'unavailable',
    retryable: true,
  });
  expect(seen?.aborted).toBe(true);
  expect(count('gitAuthMethods', 'issueCredential', 'timeout')).toBe(1);
});

test("the caller's own reason ends the call, and comes out as it is", async () => {
  const caller = new AbortController();
  const reason = new Error('the job was cancelled');
  const call = auth(() => new Promise(() => undefined)).issueCredential(repository, caller.signal);
  caller.abort(reason);
  await expect(call).rejects.toBe(reason);
});

test.each([
  [undefined, 'the answer must be object'],
  [{ kind: 'token' }, 'the answer'],
  [{ kind: 'https', username: 'a\nb', password: new SecretValue('x') }, 'username must match'],
  [{ kind: 'https', username: 'a', password: 'plain' }, 'password must be a SecretValue'],
  [{ kind: 'https', username: 'a', password: new SecretValue('a\nb') }, 'password must be one line'],
  [{ kind: 'ssh', privateKey: new SecretValue('') }, 'privateKey must be a SecretValue that is not empty'],
])('the credential %j is refused', async (answer, message) => {
  await expect(auth(() => Promise.resolve(answer)).issueCredential(repository, never)).rejects.toMatchObject({
    code: 'plugin_answer_invalid',
    message: expect.stringContaining(message) as string,
  });
});

test.each([['yes'], [1], [undefined], [Promise.resolve(true)], [{}]])('the verdict %j does not verify', (answer) => {
  const guarded = forge({ verifySignature: () => answer });
  expect(guarded.verifySignature(delivery, new SecretValue('s'))).toBe(false);
  expect(count('forges', 'verifySignature', 'error')).toBe(1);
  expect(loggers.messages('error')).toHaveLength(1);
});

test('a true verdict verifies, a false one does not, and one that throws is an error', () => {
  const secret = new SecretValue('s');
  expect(forge({ verifySignature: () => true }).verifySignature(delivery, secret)).toBe(true);
  expect(forge({ verifySignature: () => false }).verifySignature(delivery, secret)).toBe(false);
  const throwing = forge({
    verifySignature: () => {
      throw new RangeError('boom');
    },
  });
  expect(() => throwing.verifySignature(delivery, secret)).toThrow(
    'plugin test failed in forges.verifySignature: boom',
  );
});

test.each([
  [{ ...push, ref: 'main' }, 'ref'],
  [{ ...push, ref: 'refs/heads/a b' }, 'ref'],
  [{ ...push, commit: 'HEAD' }, 'commit'],
  [{ ...push, before: '0'.repeat(39) }, 'before'],
  [{ ...push, repository: { fullName: 'a/b', cloneUrls: [] } }, 'repository.cloneUrls'],
  [{ kind: 'ignored', reason: '' }, 'reason'],
  [{ kind: 'star' }, 'kind'],
  [null, 'must be object'],
])('the event %j is refused', (answer, where) => {
  expect(() => forge({ parseEvent: () => answer }).parseEvent(delivery)).toThrow(where);
});

test('good events pass, and facets are there only where the plugin has them', async () => {
  expect(forge({ parseEvent: () => push }).parseEvent(delivery)).toBe(push);
  expect(forge({}).statuses).toBeUndefined();
  const history = { recentPushes: () => Promise.resolve([push, { ...push, ref: 'x' }]) };
  const guarded = forge({ history });
  await expect(guarded.history?.recentPushes(repository, 0, never)).rejects.toMatchObject({
    code: 'plugin_answer_invalid',
    message: expect.stringContaining('1.ref') as string,
  });
  expect(() => forge({ credentialHeaders: ['X-Token'] })).toThrow('credentialHeaders');
});

test('a build plan is taken apart and put together again, with its secrets', () => {
  const plan = {
    image: 'kaniko',
    argv: ['/k'],
    env: { A: 'b' },
    files: [{ path: '/k/c', content: new SecretValue('x') }],
  };
  const builder = (answer: unknown) =>
    guardInstance('builders', { handles: () => true, plan: () => answer } as never, guardOf('builders'));
  expect(builder(plan).plan({} as never, {} as never)).toMatchObject({ image: 'kaniko', argv: ['/k'] });
  for (const wrong of [
    { ...plan, argv: [] },
    { ...plan, image: '' },
    { ...plan, env: { 'A B': 'c' } },
    { ...plan, files: [{ path: '/a/../../etc/passwd', content: '' }] },
    { ...plan, files: [{ path: '/a', content: 7 }] },
  ]) {
    expect(() => builder(wrong).plan({} as never, {} as never)).toThrow('broke the contract in builders.plan');
  }
});

test.each(['unauthenticated', 'forbidden'] as const)(
  'a storage that refuses the server (%s) is unavailable to who asks',
  async (category) => {
    const refused = () => Promise.reject(new DanubeError('s3_key_refused', 'the key is refused', { category }));
    const { artifacts } = guardInstance('storages', { artifacts: { delete: refused } } as never, guardOf('storages'));
    await expect(artifacts?.delete('k', never)).rejects.toMatchObject({
      code: 's3_key_refused',
      message: 'the key is refused',
      category: 'unavailable',
      retryable: false,
    });
  },
);

test('what a storage lists is checked item by item, and a reader who leaves lets it clean up', async () => {
  let cleaned = false;
  async function* list() {
    try {
      yield await Promise.resolve({ key: 'a', size: 1 });
      yield { key: 'b', size: 2 };
      yield { key: '', size: 3 };
    } finally {
      cleaned = true;
    }
  }
  const storage: Storage = guardInstance('storages', { artifacts: { list } } as never, guardOf('storages'));
  const seen: string[] = [];
  const reading = async () => {
    for await (const { key } of storage.artifacts?.list('', never) ?? []) seen.push(key);
  };
  await expect(reading()).rejects.toMatchObject({ code: 'plugin_answer_invalid' });
  expect(seen).toEqual(['a', 'b']);
  cleaned = false;
  for await (const { key } of storage.artifacts?.list('', never) ?? []) if (key === 'a') break;
  expect(cleaned).toBe(true);
  expect(count('storages', 'artifacts.list', 'error')).toBe(1);
  expect(count('storages', 'artifacts.list', 'ok')).toBe(1);
});

test('a stream that stalls ends at the limit, and an upload that goes on may take longer', async () => {
  const stalled = {
    artifacts: { get: () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }) }) },
  };
  const reading = guardInstance('storages', stalled as never, guardOf('storages', 50)).artifacts?.get(
    'k',
    undefined,
    never,
  );
  await expect(reading?.[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'plugin_timeout' });
  const put = async (key: string, content: AsyncIterable<Uint8Array>) => {
    let size = 0;
    for await (const chunk of content) size += chunk.length;
    return { key, size };
  };
  async function* slowly() {
    for (let chunk = 0; chunk < 5; chunk += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      yield new Uint8Array(10);
    }
  }
  const storage = guardInstance('storages', { artifacts: { put } } as never, guardOf('storages', 400));
  await expect(storage.artifacts?.put('k', slowly(), never)).resolves.toEqual({ key: 'k', size: 50 });
});
