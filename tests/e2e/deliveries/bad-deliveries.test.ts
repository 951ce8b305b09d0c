import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServedDeliveries, webhookSecret } from '@danube/test-support/served-deliveries.js';
import { signedHeaders } from '@danube/test-support/test-forge.js';

let deliveries: ServedDeliveries;
beforeAll(async () => {
  deliveries = await ServedDeliveries.start({
    build: { file: 'pass\n', spec: { triggers: [{ type: 'push', branches: ['main'] }] } },
  });
});
afterAll(() => deliveries.served.stop());

const jobCount = async () => (await deliveries.jobs('build')).length;

test('a push that does not match is skipped in words, one that does starts a job', async () => {
  const skipped = await deliveries.worked(await deliveries.sendSigned(deliveries.event({ ref: 'refs/heads/fix' })));
  expect(skipped.verdicts).toMatchObject([
    { outcome: 'skipped', reason: 'branch "fix" does not match ["main"]' },
    { outcome: 'skipped' },
  ]);
  const { verdicts } = await deliveries.worked(await deliveries.sendSigned(deliveries.event()));
  const job = await deliveries.served.server.ended(verdicts[0]?.job_id ?? '');
  expect(job.status).toBe('success');
});

test('a delivery that is sent twice is one; another body under the same id is another', async () => {
  const [one, other] = [deliveries.event({ n: 1 }), deliveries.event({ n: 2 })];
  const first = await deliveries.sendSigned(one, 'guid-twice');
  await deliveries.worked(first);
  expect(await deliveries.sendSigned(one, 'guid-twice')).toBe(first);
  expect(await deliveries.sendSigned(other, 'guid-twice')).not.toBe(first);
  const kept = (await deliveries.list()).filter((item) => item.forge_delivery_id === 'guid-twice');
  expect(kept).toHaveLength(2);
});

test('a redelivery with the right signature counts after one with a wrong one', async () => {
  const body = deliveries.event({ n: 3 });
  const wrong = await deliveries.send(body, signedHeaders(body, 'wrong', 'guid-again'));
  await deliveries.worked(((await wrong.json()) as { id: string }).id);
  expect((await deliveries.worked(await deliveries.sendSigned(body, 'guid-again'))).event).toBe('push');
});

describe('signatures', () => {
  const header = 'x-test-signature';
  const rightFor = (body: Buffer) => signedHeaders(body, webhookSecret)[header] ?? '';

  test.each([
    ['wrong', (body: Buffer) => signedHeaders(body, 'wrong')[header] ?? ''],
    ['empty', () => ''],
    ['in upper case', (body: Buffer) => rightFor(body).toUpperCase()],
    ['of another body', () => rightFor(Buffer.from('{}'))],
    ['made with an empty secret', (body: Buffer) => signedHeaders(body, '')[header] ?? ''],
    ['missing', () => undefined],
  ])('that are %s start nothing', async (name, sign) => {
    const before = await jobCount();
    const body = deliveries.event({ name });
    const signature = sign(body);
    const response = await deliveries.send(body, signature === undefined ? {} : { [header]: signature });
    expect(response.status).toBe(200);
    const { event, verdicts } = await deliveries.worked(((await response.json()) as { id: string }).id);
    expect([event, verdicts[0]]).toMatchObject([
      'unverified',
      { outcome: 'rejected', reason: 'signature did not verify for pipeline build' },
    ]);
    expect(await jobCount()).toBe(before);
  });

  test('that are sent twice start nothing, whichever is the right one', async () => {
    const body = deliveries.event({ name: 'twice' });
    const head = ['POST /webhooks/test HTTP/1.1', 'Host: x', 'Connection: close', `Content-Length: ${body.length}`];
    const both = [`X-Test-Signature: ${rightFor(body)}`, `x-test-signature: ${'0'.repeat(64)}`];
    const socket = connect(Number(deliveries.served.server.address.split(':')[1]), '127.0.0.1');
    socket.write(Buffer.concat([Buffer.from(`${[...head, ...both].join('\r\n')}\r\n\r\n`), body]));
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    const { id } = JSON.parse(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1)) as { id: string };
    expect((await deliveries.worked(id)).event).toBe('unverified');
  });
});

test.each([
  ['no JSON', Buffer.from('{"a":')],
  ['no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
  ['nested deeply', Buffer.from('[{"a":'.repeat(500_000))],
  ['empty', Buffer.alloc(0)],
])('a body that is %s is kept with the reason', async (_name, body) => {
  const { status, event, reason } = await deliveries.worked(await deliveries.sendSigned(body));
  expect({ status, event }).toEqual({ status: 'processed', event: 'unreadable' });
  expect(reason).toContain('the body is not JSON');
});

test('a body of 30 MB and a forge that is not enabled are refused, and nothing of them is stored', async () => {
  const before = (await deliveries.list()).length;
  const large = await deliveries.send(Buffer.alloc(30_000_000, ' '));
  expect([large.status, await large.json()]).toMatchObject([413, { error: { code: 'body_too_large' } }]);
  const unknown = await deliveries.send(Buffer.from('{}'), {}, 'github');
  expect([unknown.status, await unknown.json()]).toMatchObject([404, { error: { code: 'forge_not_enabled' } }]);
  expect((await deliveries.list()).length).toBe(before);
});

test('where a verdict cannot be stored there is no job either, and a replay makes up for it', async () => {
  const sql = (statement: string) =>
    execFileSync('python3', [
      '-c',
      'import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=10); c.execute(sys.argv[2]); c.commit()',
      join(deliveries.served.dataDir, 'danube.db'),
      statement,
    ]);
  const before = await jobCount();
  sql(`CREATE TRIGGER refuse BEFORE INSERT ON verdicts BEGIN SELECT RAISE(ABORT, 'no'); END`);
  const id = await deliveries.sendSigned(deliveries.event({ n: 4 }));
  const failed = await deliveries.worked(id);
  expect(failed).toMatchObject({ status: 'failed', verdicts: [] });
  expect(failed.reason).toContain('its outcome could not be stored');
  expect(await jobCount()).toBe(before);
  sql('DROP TRIGGER refuse');
  const replay = await deliveries.served.server.json<{ id: string }>('POST', `/api/v1/deliveries/${id}/replay`);
  expect((await deliveries.worked(replay.id)).verdicts[0]?.outcome).toBe('triggered');
  expect(await jobCount()).toBe(before + 1);
});
