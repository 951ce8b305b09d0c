import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { V1Pod } from '@kubernetes/client-node';
import { RecordingLoggers } from '@danube/test-support/recording-logger.js';
import { json, ScriptedKubernetesApi, type SeenRequest } from '@danube/test-support/scripted-kubernetes-api.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PodWatch, type PodWatchOptions } from './pod-watch.js';

let server: ScriptedKubernetesApi;
let watch: PodWatch;
let listed: V1Pod[];
let lists: number;
/** Open watches, the newest last. */
let watches: { response: ServerResponse; request: SeenRequest }[];
const { signal } = new AbortController();

beforeEach(async () => {
  server = await ScriptedKubernetesApi.start();
  listed = [];
  lists = 0;
  watches = [];
  server.answers = [
    (response, request) => {
      if (request.url.searchParams.get('watch') !== 'true') {
        lists += 1;
        return json(200, { metadata: { resourceVersion: String(lists * 100) }, items: listed })(response, request);
      }
      response.writeHead(200).flushHeaders();
      watches.push({ response, request });
      return server.arrivals.emit('watch');
    },
  ];
});
afterEach(async () => {
  await watch.stop();
  await server.close();
});

async function start(options: Partial<PodWatchOptions> = {}): Promise<void> {
  const logger = new RecordingLoggers().forTarget('t');
  watch = new PodWatch(
    server.api(),
    { labelSelector: 'i=1', pause: async () => {}, ...options },
    server.metrics,
    logger,
  );
  const opened = nextWatch();
  await watch.start(signal);
  await opened;
}

function nextWatch(): Promise<unknown> {
  return once(server.arrivals, 'watch');
}

function pod(name: string, version: number, status: object = {}, uid = name): V1Pod {
  return { metadata: { name, uid, resourceVersion: String(version) }, spec: { containers: [] }, status };
}

function send(type: string, object: unknown): void {
  watches.at(-1)?.response.write(`${JSON.stringify({ type, object })}\n`);
}

/** Sends an event and waits until it has been taken. */
async function tell(type: string, object: V1Pod): Promise<void> {
  const told = new Promise<void>((resolve) => {
    const end = watch.onChange(() => {
      end();
      resolve();
    });
  });
  send(type, object);
  await told;
}

function versionAsked(index: number): string | null | undefined {
  return watches.at(index)?.request.url.searchParams.get('resourceVersion');
}

test('starting answers when all pods are known, and one watch goes on from there', async () => {
  listed = [pod('a', 1), pod('b', 2)];
  await start();
  expect(watch.list().map(({ metadata }) => metadata?.name)).toEqual(['a', 'b']);
  expect(watch.get('a')?.metadata?.uid).toBe('a');
  expect(Object.fromEntries(watches[0]?.request.url.searchParams ?? [])).toEqual({
    watch: 'true',
    allowWatchBookmarks: 'true',
    timeoutSeconds: '290',
    labelSelector: 'i=1',
    resourceVersion: '100',
  });
  await tell('ADDED', pod('c', 101));
  await tell('DELETED', pod('a', 102));
  expect(watch.list().map(({ metadata }) => metadata?.name)).toEqual(['b', 'c']);
  expect([lists, watches.length]).toEqual([1, 1]);
});

test('a start that is refused says so', async () => {
  server.answers = [json(403, { message: 'no' })];
  await expect(start()).rejects.toMatchObject({ code: 'kubernetes_forbidden' });
});

test('an event may be split anywhere, also in a character', async () => {
  await start();
  const bytes = Buffer.from(`${JSON.stringify({ type: 'ADDED', object: pod('ä', 102) })}\n`);
  const middle = bytes.indexOf('ä') + 1;
  const firstPart = new Promise<void>((resolve) => void watch.onChange(() => resolve()));
  const before = Buffer.from(`${JSON.stringify({ type: 'ADDED', object: pod('a', 101) })}\n`);
  watches[0]?.response.write(Buffer.concat([before, bytes.subarray(0, middle)]));
  await firstPart;
  const secondPart = new Promise<void>((resolve) => void watch.onChange(() => resolve()));
  watches[0]?.response.write(bytes.subarray(middle));
  await secondPart;
  expect(watch.list().map(({ metadata }) => metadata?.name)).toEqual(['a', 'ä']);
});

test('the changes of a pod begin with what it is, skip what a slow reader missed, and end with the signal', async () => {
  listed = [pod('a', 1, { phase: 'Pending' })];
  await start();
  const reading = new AbortController();
  const changes = watch.changes('a', reading.signal)[Symbol.asyncIterator]();
  const phase = async () => ((await changes.next()).value as V1Pod | undefined)?.status?.phase;
  expect(await phase()).toBe('Pending');
  await tell('MODIFIED', pod('a', 101, { phase: 'Running' }));
  await tell('ADDED', pod('b', 102));
  await tell('MODIFIED', pod('a', 103, { phase: 'Succeeded' }));
  expect(await phase()).toBe('Succeeded');
  const gone = changes.next();
  await tell('DELETED', pod('a', 104, { phase: 'Succeeded' }));
  expect(await gone).toEqual({ done: false, value: undefined });
  const last = changes.next();
  reading.abort();
  expect((await last).done).toBe(true);
});

test('a pod that has not been seen is undefined at first, and stopping ends all iterations', async () => {
  await start();
  const changes = watch.changes('error', signal)[Symbol.asyncIterator]();
  expect(await changes.next()).toEqual({ done: false, value: undefined });
  const seen = changes.next();
  await tell('ADDED', pod('error', 101));
  expect((await seen).value).toMatchObject({ metadata: { name: 'error' } });
  const last = changes.next();
  await watch.stop();
  expect((await last).done).toBe(true);
});

test('a watch that the server closes is opened anew where it was, and bookmarks move that place', async () => {
  await start();
  await tell('ADDED', pod('a', 101));
  send('BOOKMARK', { metadata: { resourceVersion: '150' } });
  const again = nextWatch();
  watches[0]?.response.end();
  await again;
  expect([lists, versionAsked(1)]).toEqual([1, '150']);
  expect(watch.list()).toHaveLength(1);
  const afterCut = nextWatch();
  watches[1]?.response.destroy();
  await afterCut;
  expect([lists, versionAsked(2)]).toEqual([1, '150']);
});

test('watches that end at once are no tight loop: the pauses grow, with jitter', async () => {
  const pauses: number[] = [];
  const enough = new Promise<void>((resolve) => {
    void start({
      pause: async (ms, until) => {
        pauses.push(ms);
        if (pauses.length < 12) return;
        resolve();
        await once(until, 'abort');
      },
    });
  });
  server.arrivals.on('watch', () => watches.at(-1)?.response.end());
  await enough;
  for (const [index, ms] of pauses.entries()) {
    const longest = Math.min(30_000, 200 * 2 ** (index + 1));
    expect(ms).toBeGreaterThanOrEqual(longest / 2);
    expect(ms).toBeLessThanOrEqual(longest);
  }
  expect(pauses.at(-1)).toBeGreaterThan(10_000);
});

test.each([
  ['410 as an event', { code: 410, reason: 'Expired', message: 'too old resource version' }],
  ['500 as an event', { code: 500, message: 'etcd is away' }],
])('%s makes a new list, which shows what went meanwhile', async (_what, status) => {
  listed = [pod('a', 1), pod('b', 2)];
  await start();
  listed = [pod('b', 2), pod('c', 180)];
  const seen: [string, boolean][] = [];
  watch.onChange((name, now) => void seen.push([name, now !== undefined]));
  const again = nextWatch();
  send('ERROR', { kind: 'Status', ...status });
  await again;
  expect([lists, versionAsked(1)]).toEqual([2, '200']);
  expect(seen).toEqual([
    ['a', false],
    ['c', true],
  ]);
});

test('410 as a status makes a new list', async () => {
  await start();
  const [usual] = server.answers;
  if (usual !== undefined) server.answers = [json(410, { code: 410, reason: 'Expired' }), usual];
  const again = nextWatch();
  watches[0]?.response.end();
  await again;
  expect([lists, versionAsked(1)]).toEqual([2, '200']);
});

test('a watch on which nothing is heard is cut and opened anew', async () => {
  await start({ silenceMs: 100 });
  const closed = once(watches[0]?.response as ServerResponse, 'close');
  await nextWatch();
  await closed;
  expect([lists, versionAsked(1)]).toEqual([1, '100']);
});
