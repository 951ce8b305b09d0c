import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { HttpFixture } from '@danube/test-support/http-fixture.js';
import type { ConfigStatus } from './http-dependencies.js';
import { HttpServer } from './http-server.js';

test.each([true, false])('a stop lets a running request finish, and cuts one that does not: %s', async (finishes) => {
  let finish: (status: ConfigStatus) => void = () => undefined;
  let began: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (began = resolve));
  const status = new Promise<ConfigStatus>((resolve) => (finish = resolve));
  const other = await HttpFixture.start({
    configStatus: () => {
      began();
      return status;
    },
  });
  const answer = other.fetch('/api/v1/config').then(
    ({ status, headers }) => [status, headers.get('connection')],
    () => 'cut',
  );
  await begun;
  const stopped = other.server.stop(finishes ? 10_000 : 10);
  if (finishes) finish({ repository: undefined, current: undefined, syncs: [] });
  await stopped;
  expect(await answer).toEqual(finishes ? [200, 'close'] : 'cut');
  await expect(fetch(`${other.url}/health`)).rejects.toThrow();
  await other.stop();
});

test('a second server on the same port says what to do', async () => {
  const http = await HttpFixture.start();
  const { port } = new URL(http.url);
  await expect(new HttpServer(http.deps).listen('127.0.0.1', Number(port))).rejects.toMatchObject({
    code: 'listen_failed',
    message: expect.stringContaining('DANUBE_BIND_ADDRESS') as string,
  });
  await http.stop();
});

test('a stop does not wait for a connection that nobody has used, as browsers open them in advance', async () => {
  const http = await HttpFixture.start();
  const { hostname, port } = new URL(http.url);
  const unused = connect(Number(port), hostname);
  const closed = once(unused, 'close');
  await once(unused, 'connect');
  // an answer on a later connection says that the server has accepted the first
  await http.fetch('/health');
  await http.server.stop(60_000);
  await closed;
  await http.stop();
});
