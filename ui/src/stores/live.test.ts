import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answerRequests } from '../test-api.ts';
import { connection, onJobsChanged, openEvents } from './live.ts';

/** What the browser would be told, by the test. */
class TestEventSource extends EventTarget {
  static readonly CLOSED = 2;
  static readonly opened: TestEventSource[] = [];
  readyState = 1;

  constructor(readonly url: string) {
    super();
    TestEventSource.opened.push(this);
  }

  tell(type: string, data = '{}'): void {
    this.dispatchEvent(new MessageEvent(type, { data }));
  }

  close(): void {
    this.readyState = TestEventSource.CLOSED;
  }
}

const { opened } = TestEventSource;
let close: () => void;
const heard: (readonly string[] | undefined)[] = [];

beforeEach(() => {
  vi.stubGlobal('EventSource', TestEventSource);
  opened.length = 0;
  heard.length = 0;
  close = createRoot((dispose) => {
    onJobsChanged((ids) => heard.push(ids && [...ids]));
    const end = openEvents();
    return () => {
      end();
      dispose();
    };
  });
});

afterEach(() => {
  close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('events name the jobs; "ready" means that any may have changed', () => {
  opened[0]!.tell('ready');
  expect(connection()).toBe('live');
  opened[0]!.tell('jobs', '{"ids":["a","b"]}');
  expect(heard).toEqual([undefined, ['a', 'b']]);
});

test('a connection that the browser mends by itself is lost until it is ready again', () => {
  opened[0]!.tell('ready');
  opened[0]!.tell('error');
  expect(connection()).toBe('lost');
  opened[0]!.tell('ready');
  expect(connection()).toBe('live');
  expect(opened).toHaveLength(1);
  expect(heard).toEqual([undefined, undefined]);
});

test('one that the browser gives up is opened anew', async () => {
  vi.useFakeTimers();
  answerRequests({ 'GET /auth/session': () => ({ body: { name: 'admin' } }) });
  opened[0]!.close();
  opened[0]!.tell('error');
  await vi.advanceTimersByTimeAsync(2000);
  vi.useRealTimers();
  await expect.poll(() => opened.length).toBe(2);
  opened[1]!.tell('ready');
  expect(connection()).toBe('live');
});

test('a page that nobody sees holds no connection and asks now and then; seen again, it is live', async () => {
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  close();
  vi.useFakeTimers();
  const end = openEvents();
  createRoot(() => onJobsChanged((ids) => heard.push(ids && [...ids])));
  document.dispatchEvent(new Event('visibilitychange'));
  expect(opened.every(({ readyState }) => readyState === TestEventSource.CLOSED)).toBe(true);
  await vi.advanceTimersByTimeAsync(25_000);
  expect(heard).toEqual([undefined, undefined]);
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event('visibilitychange'));
  opened.at(-1)!.tell('ready');
  expect(connection()).toBe('live');
  end();
  hidden.mockRestore();
});

test('nothing is opened after the end', async () => {
  vi.useFakeTimers();
  let answer: (response: Response) => void = () => undefined;
  vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => (answer = resolve)));
  opened[0]!.close();
  opened[0]!.tell('error');
  await vi.advanceTimersByTimeAsync(2000);
  close();
  vi.useRealTimers();
  answer(new Response('{"name":"admin"}', { headers: { 'content-type': 'application/json' } }));
  await new Promise((resolve) => setTimeout(resolve));
  expect(opened).toHaveLength(1);
});
