import { expect, test } from 'vitest';
import { JobEvents } from './job-events.js';
import { WatchAllJobs } from './watch-all-jobs.js';

test('changes that come while nobody asks come together, each job once', async () => {
  const events = new JobEvents();
  const changes = new WatchAllJobs(events).execute(new AbortController().signal)[Symbol.asyncIterator]();
  const first = changes.next();
  events.changed('a');
  expect((await first).value).toEqual(['a']);
  for (const id of ['b', 'c', 'b']) events.changed(id);
  expect((await changes.next()).value).toEqual(['b', 'c']);
});

test('it ends with its signal', async () => {
  const over = new AbortController();
  const changes = new WatchAllJobs(new JobEvents()).execute(over.signal)[Symbol.asyncIterator]();
  const next = changes.next();
  over.abort();
  expect(await next).toMatchObject({ done: true });
});
