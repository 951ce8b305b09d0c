import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followLog } from './follow-log.ts';
import type { NumberedLine } from './live-lines.ts';

const log = ['one\n', 'two ü\n', 'a long ', 'line\n', 'four\n', 'five\n'];
const whole = ['1 one', '2 two ü', '3 a long line', '4 four', '5 five'];
const encoder = new TextEncoder();

let requests: string[];
let answer: (from: number) => Response;

beforeEach(() => {
  requests = [];
  vi.stubGlobal('fetch', ({ url }: Request) => {
    const from = /from=(\d+)/.exec(url)?.[1] ?? '';
    requests.push(from);
    return Promise.resolve(answer(Number(from)));
  });
});
afterEach(() => vi.unstubAllGlobals());

/** The events of the pieces from a byte offset on. */
function eventsFrom(from: number): string[] {
  const events: string[] = [];
  let offset = 0;
  let line = 1;
  for (const text of log) {
    const data = JSON.stringify({ offset, line, text });
    const start = offset;
    offset += encoder.encode(text).length;
    if (text.endsWith('\n')) line++;
    if (start >= from) events.push(`id: ${offset}\nevent: log\ndata: ${data}\n\n`);
  }
  return events;
}

/** An answer of these bytes whose connection then breaks. */
function broken(text: string): Response {
  const bytes = [...encoder.encode(text)];
  return new Response(
    new ReadableStream<Uint8Array>({
      // a few bytes at a time, so that events and characters are torn
      pull: (controller) => {
        if (bytes.length === 0) controller.error(new TypeError('network error'));
        else controller.enqueue(Uint8Array.from(bytes.splice(0, 7)));
      },
    }),
  );
}

async function follow() {
  const lines: string[] = [];
  const connections = new Set<boolean>();
  const onLines = (more: readonly NumberedLine[]) => lines.push(...more.map(({ number, text }) => `${number} ${text}`));
  const onConnection = (connected: boolean) => connections.add(connected);
  await followLog('job', 0, { onLines, onConnection }, new AbortController().signal);
  return { lines, connections };
}

it('resumes at the byte where a connection broke: no line is missing or comes twice', async () => {
  answer = (from) => {
    const [first = '', second = '', third] = eventsFrom(from);
    if (third === undefined) return new Response(`${first}${second}event: end\ndata: {"status":"success"}\n\n`);
    return broken(`: heartbeat\n\n${first}${second}${third.slice(0, 20)}`);
  };
  const { lines, connections } = await follow();
  expect(lines).toEqual(whole);
  expect(requests).toEqual(['0', '11', '23']);
  expect(connections).toEqual(new Set([true, false]));
});

it('comes back when the server stops without an end, or fails', async () => {
  const answers = [
    new Response('{"error":{"message":"busy"}}', { status: 503 }),
    new Response(`${eventsFrom(0)[0]}event: status\ndata: {"status":"running"}\n\n`),
    new Response(`${eventsFrom(4).join('')}event: end\ndata: {}\n\n`),
  ];
  answer = () => answers.shift() ?? Response.error();
  expect((await follow()).lines).toEqual(whole);
});

it('gives up where the server refuses', async () => {
  answer = () => new Response('{"error":{"message":"there is no such job"}}', { status: 404 });
  await expect(follow()).rejects.toThrow('there is no such job');
  expect(requests).toHaveLength(1);
});
