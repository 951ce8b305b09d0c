import { HttpFixture } from '@danube/test-support/http-fixture.js';
import { type ReceivedEvent, readEvents } from '@danube/test-support/sse-reader.js';
import { afterEach, beforeEach, expect, test } from 'vitest';

let http: HttpFixture;

beforeEach(async () => {
  http = await HttpFixture.start();
  await http.addPipelines('web');
});

afterEach(() => http.stop());

async function* events(): AsyncGenerator<ReceivedEvent> {
  for await (const event of readEvents(await http.fetch('/api/v1/events'))) {
    if (event.event !== 'retry') yield event;
  }
}

test('after "ready" every change of any job is told, and the stop of the server ends the stream', async () => {
  const [one, other] = [await http.addJob(), await http.addJob()];
  const stream = events();
  expect((await stream.next()).value).toMatchObject({ event: 'ready' });
  await http.move(one, 'scheduling');
  expect((await stream.next()).value).toMatchObject({ event: 'jobs', data: { ids: [one.id] } });
  await http.move(other, 'cancelled');
  expect((await stream.next()).value).toMatchObject({ event: 'jobs', data: { ids: [other.id] } });
  await http.server.stop(1000);
  expect(await stream.next()).toMatchObject({ done: true });
});

test('it is closed to strangers', async () => {
  expect((await fetch(`${http.url}/api/v1/events`)).status).toBe(401);
});
