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
  await vi.runAllTimersAsync();
  vi.useRealTimers();
  await expect.poll(() => opened.length).toBe(2);
  opened[1]!.tell('ready');
  expect(connection()).toBe('live');
});
