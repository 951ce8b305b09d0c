import { afterEach, beforeEach, expect, test } from 'vitest';
import { HttpFixture } from '@danube/test-support/http-fixture.js';
import { readEvents, type ReceivedEvent } from '@danube/test-support/sse-reader.js';

let http: HttpFixture;
let path: string;

beforeEach(async () => {
  http = await HttpFixture.start();
  await http.addPipelines('web');
  const job = await http.addJob();
  await http.writeLog(job.id, ['first', 'Second', 'second', `${'a'.repeat(60)}!`]);
  await http.move(job, 'cancelled');
  path = `/api/v1/jobs/${job.id}/logs`;
});

afterEach(async () => {
  await http.stop();
});

async function search(query: string): Promise<ReceivedEvent[]> {
  const response = await http.fetch(`${path}/search?${query}`);
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const events: ReceivedEvent[] = [];
  for await (const event of readEvents(response)) if (event.event !== 'retry') events.push(event);
  return events;
}

test.each([
  ['q=second', [2, 3], { count: 2, limited: false }],
  ['q=second&case=true', [3], { count: 1, limited: false }],
  ['q=%5Es.*d%24&regex=true&from_line=3', [3], { count: 1, limited: false }],
  ['q=s&limit=1', [1], { count: 1, limited: true }],
  ['q=third', [], { count: 0, limited: false }],
])('?%s finds %j', async (query, lines, end) => {
  const events = await search(query);
  expect(events.map(({ event }) => event)).toEqual(['found', 'end']);
  expect(events[0]?.data).toMatchObject({ lines });
  expect(events[1]?.data).toEqual(end);
});

test('a regular expression that takes too long ends with an error', async () => {
  const events = await search('q=%5E(a%2B)%2B%24&regex=true');
  expect(events.at(-1)).toMatchObject({ event: 'error', data: { code: 'log_search_too_slow' } });
});

test.each([
  ['query q is missing', ''],
  ['query q must be', 'q='],
  ['query q must be', `q=${'x'.repeat(1001)}`],
  ['is no regular expression of JavaScript', 'q=(&regex=true'],
  ['query from_line must be', 'q=x&from_line=0'],
  ['query limit must be', 'q=x&limit=1000001'],
])('a search is refused before it begins: %s', async (message, query) => {
  expect(await http.json(`${path}/search?${query}`)).toMatchObject({
    status: 400,
    body: { error: { code: 'request_invalid', message: expect.stringContaining(message) as string } },
  });
});

test('sections and the number of lines are told without the log', async () => {
  expect(await http.json(`${path}/sections`)).toEqual({
    status: 200,
    body: { items: [{ sequence: 1, name: 'test', first_line: 1, last_line: 4 }] },
  });
  const head = await http.fetch(path, { method: 'HEAD' });
  expect(head.headers.get('x-log-lines')).toBe('4');
});

test('more sections than one page come in several', async () => {
  const job = await http.addJob();
  const writer = await http.logs.store.openWriter(job.id, () => Promise.resolve(Buffer.alloc(0)));
  for (const [index, sequence] of [1, 2, 1].entries()) {
    await writer.append({ sequence, name: `step ${sequence}` }, 'stdout', index === 2 ? 2 : 0, Buffer.from('x\n'));
  }
  await writer.close();
  const names: string[] = [];
  let cursor = '';
  do {
    const { body } = await http.json(`/api/v1/jobs/${job.id}/logs/sections?limit=1${cursor}`);
    const { items, next_cursor: next } = body as { items: { name: string }[]; next_cursor?: string };
    names.push(...items.map(({ name }) => name));
    cursor = next === undefined ? '' : `&cursor=${next}`;
  } while (cursor !== '');
  expect(names).toEqual(['step 1', 'step 2', 'step 1']);
});
