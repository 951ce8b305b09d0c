import { once } from 'node:events';
import { readRecording } from '@danube/test-support/kubernetes/recordings.js';
import { frame, ScriptedKubernetesApi } from '@danube/test-support/scripted-kubernetes-api.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import type { ExecStream } from './exec-stream.js';

interface RecordedFrame {
  readonly channel?: number;
  readonly data?: string;
  readonly close?: number;
}
type Recordings = Readonly<Record<string, readonly RecordedFrame[]>>;
const recordings = readRecording<Record<string, Recordings>>('exec-frames');
const request = { pod: 'p', container: 'c', command: ['/bin/sh', '-c', 'a b&c'], stdin: true };
const success = frame(3, '{"metadata":{},"status":"Success"}');

let server: ScriptedKubernetesApi;
let controller: AbortController;
beforeEach(async () => {
  server = await ScriptedKubernetesApi.start();
  controller = new AbortController();
});
afterEach(() => server.close());

function exec(heartbeat = { pingMs: 15_000, silenceMs: 40_000 }): Promise<ExecStream> {
  return server.api({ heartbeat }).exec(request, controller.signal);
}

/** Plays what a real server sent. */
function replay(protocol: string, name: string): void {
  server.protocol = protocol;
  server.upgrades = [
    (socket) => {
      for (const { channel, data, close } of recordings[protocol]?.[name] ?? []) {
        if (channel !== undefined) socket.send(frame(channel, Buffer.from(data ?? '', 'latin1')));
        else if (close !== undefined) socket.close(close);
      }
    },
  ];
}

async function collect(stream: ExecStream) {
  const output = { stdout: '', stderr: '' };
  for await (const { stream: name, bytes } of stream.output) output[name] += bytes.toString('latin1');
  return { ...output, end: await stream.end };
}

const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

test.each(protocols)('%s: output and exit codes are those of the recorded commands', async (protocol) => {
  const outcomes: Record<string, unknown> = {};
  for (const name of ['ok', 'exit3', 'signal', 'utf8split']) {
    replay(protocol, name);
    outcomes[name] = await collect(await exec());
  }
  expect(outcomes).toEqual({
    ok: { stdout: 'out\n', stderr: 'err\n', end: { kind: 'exited', exitCode: 0 } },
    exit3: { stdout: 'before\n', stderr: '', end: { kind: 'exited', exitCode: 3 } },
    signal: { stdout: '', stderr: '', end: { kind: 'exited', exitCode: 137 } },
    utf8split: { stdout: '\u00c3\u00a9\n', stderr: '', end: { kind: 'exited', exitCode: 0 } },
  });
});

test.each(protocols)('%s: a program that is missing is refused', async (protocol) => {
  replay(protocol, 'notfound');
  const { end } = await collect(await exec());
  expect(end).toMatchObject({
    kind: 'refused',
    message: expect.stringContaining('stat /no/such: no such file') as string,
  });
});

test('the request says what to run where, and both protocols, the newer one first', async () => {
  replay('v4.channel.k8s.io', 'ok');
  await collect(await exec());
  const { url, headers } = server.requests[0] ?? {};
  expect(url?.pathname).toBe('/below/api/v1/namespaces/jobs/pods/p/exec');
  expect(url?.searchParams.getAll('command')).toEqual(['/bin/sh', '-c', 'a b&c']);
  expect(Object.fromEntries(url?.searchParams ?? [])).toMatchObject({ container: 'c', stdin: 'true', stdout: 'true' });
  expect(headers).toMatchObject({
    authorization: 'Bearer the-token',
    'sec-websocket-protocol': 'v5.channel.k8s.io,v4.channel.k8s.io',
  });
  expect(server.metrics.get('danube_k8s_api_calls_total', { operation: 'create pods/exec', status: '101' })).toBe(1);
});

const badContainer = (recordings['v5.channel.k8s.io']?.['badcontainer'] as unknown as [{ body: string }])[0].body;
const noPod = (recordings['nopod'] as unknown as [{ body: string }])[0].body;

test.each([
  [400, badContainer, 'kubernetes_refused', 'container nope is not valid for pod exec-target'],
  [404, noPod, 'kubernetes_refused', 'pods "absent" not found'],
  [500, 'container not found ("worker")', 'kubernetes_refused', 'container not found ("worker")'],
  [403, 'exec is filtered here', 'kubernetes_forbidden', 'does not let Danube create pods/exec: exec is filtered here'],
])('a %s instead of the upgrade is told in its own words, once', async (status, body, code, words) => {
  server.upgrades = [{ status, body }];
  const gone = once(server.arrivals, 'gone');
  const refused = exec();
  await expect(refused).rejects.toMatchObject({ code, details: { status } });
  await expect(refused).rejects.toThrow(words);
  expect(server.requests).toHaveLength(1);
  await gone;
});

test('a busy server and connections that break while they open are tried again', async () => {
  replay('v5.channel.k8s.io', 'ok');
  server.upgrades.unshift({ status: 429, body: '' }, { status: 503, body: 'away' }, 'cut');
  expect((await collect(await exec())).end).toEqual({ kind: 'exited', exitCode: 0 });
  expect(server.requests).toHaveLength(4);
});

test('a connection that closes without a status is lost, with the output that came', async () => {
  server.upgrades = [
    (socket) => {
      socket.send(frame(1, 'half'));
      socket.close(1000);
    },
  ];
  expect(await collect(await exec())).toEqual({
    stdout: 'half',
    stderr: '',
    end: { kind: 'lost', reason: 'the connection was closed before the command ended' },
  });
});

test('a status that is no JSON leaves the end unknown', async () => {
  server.upgrades = [(socket) => socket.send(frame(3, '{"status"'))];
  expect((await collect(await exec())).end).toMatchObject({ kind: 'lost' });
});

test('the pace of the reader is obeyed: a flood waits at its source', { timeout: 30_000 }, async () => {
  const frames = 512;
  const bytes = Buffer.alloc(32 * 1024, 'x');
  let sent = 0;
  const flooding = new Promise<WebSocket>((resolve) => {
    server.upgrades = [
      (socket) => {
        resolve(socket);
        for (let index = 0; index < frames; index += 1) socket.send(frame(1, bytes), () => (sent += 1));
        socket.send(success);
      },
    ];
  });
  const stream = await exec();
  const socket = await flooding;
  // until nothing moves any more: what is not sent stays with the sender
  for (let before = -1; before !== socket.bufferedAmount; await new Promise((done) => setTimeout(done, 100))) {
    before = socket.bufferedAmount;
  }
  expect((frames - sent) * bytes.length).toBeGreaterThan(6 * 1024 * 1024);
  let received = 0;
  for await (const chunk of stream.output) received += chunk.bytes.length;
  expect(received).toBe(frames * bytes.length);
  expect(await stream.end).toEqual({ kind: 'exited', exitCode: 0 });
});

test('a connection that has gone silent is lost; one that answers pings is not', async () => {
  server.upgrades = [(socket) => (socket as unknown as { _socket: { pause(): void } })._socket.pause()];
  const silent = await collect(await exec({ pingMs: 20, silenceMs: 100 }));
  expect(silent.end).toEqual({ kind: 'lost', reason: 'nothing was heard for 0.1 s' });
  server.upgrades = [(socket) => void setTimeout(() => socket.send(success), 900)];
  expect((await collect(await exec({ pingMs: 20, silenceMs: 500 }))).end).toEqual({ kind: 'exited', exitCode: 0 });
});

test('a slow reader is no silence of the other side', async () => {
  server.upgrades = [
    (socket) => {
      for (let index = 0; index < 200; index += 1) socket.send(frame(1, Buffer.alloc(32 * 1024)));
      socket.send(success);
    },
  ];
  const stream = await exec({ pingMs: 20, silenceMs: 300 });
  await new Promise((done) => setTimeout(done, 900));
  expect((await collect(stream)).end).toEqual({ kind: 'exited', exitCode: 0 });
});

test('aborting the signal cuts the connection', async () => {
  let closed: Promise<unknown> | undefined;
  server.upgrades = [(socket) => (closed = once(socket, 'close'))];
  const stream = await exec();
  controller.abort();
  expect((await collect(stream)).end).toEqual({ kind: 'lost', reason: 'the connection was cut on this side' });
  await closed;
});

test.each(['silence', { status: 503, body: '', retryAfter: 60 }] as const)(
  'aborting ends the opening, whatever it waits for',
  async (upgrade) => {
    server.upgrades = [upgrade];
    const opening = exec();
    opening.catch(() => undefined);
    await once(server.arrivals, 'request');
    controller.abort(new Error('enough'));
    await expect(opening).rejects.toThrow('enough');
  },
);

test('leaving the output early cuts the connection', async () => {
  server.upgrades = [(socket) => socket.send(frame(1, 'first'))];
  const stream = await exec();
  for await (const { bytes } of stream.output) if (bytes.toString() === 'first') break;
  expect(await stream.end).toMatchObject({ kind: 'lost' });
});

test('input goes out in order and in frames of at most 32 KiB; v5 can end it', async () => {
  const frames: Buffer[] = [];
  server.upgrades = [
    (socket) =>
      socket.on('message', (data: Buffer) => {
        frames.push(data);
        if (data[0] === 255) socket.send(success);
      }),
  ];
  const stream = await exec();
  await stream.write('first');
  await stream.write(Buffer.alloc(70_000, 'x'));
  stream.closeInput();
  expect((await collect(stream)).end).toEqual({ kind: 'exited', exitCode: 0 });
  expect(frames.map((data) => [data[0], data.length - 1])).toEqual([
    [0, 5],
    [0, 32_768],
    [0, 32_768],
    [0, 4_464],
    [255, 1],
  ]);
  expect(frames.at(-1)).toEqual(Buffer.of(255, 0));
  await expect(stream.write('late')).rejects.toMatchObject({ code: 'kubernetes_unavailable' });
});

test('v4 cannot end the input, and nothing is sent', async () => {
  server.protocol = 'v4.channel.k8s.io';
  const frames: string[] = [];
  server.upgrades = [
    (socket) =>
      socket.on('message', (data: Buffer) => {
        frames.push(data.subarray(1).toString());
        if (frames.length === 2) socket.send(success);
      }),
  ];
  const stream = await exec();
  await stream.write('one');
  stream.closeInput();
  await stream.write('two');
  await collect(stream);
  expect(frames).toEqual(['one', 'two']);
});
