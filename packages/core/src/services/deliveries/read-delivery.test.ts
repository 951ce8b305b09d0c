import { afterEach, beforeEach, expect, test } from 'vitest';
import { DeliveryFixture } from '@danube/test-support/delivery-fixture.js';
import { signedHeaders, testCommit, testEvent } from '@danube/test-support/test-forge.js';

let fixture: DeliveryFixture;
beforeEach(async () => {
  fixture = await DeliveryFixture.start();
  await fixture.addPipeline('web');
});
afterEach(() => fixture.stop());

const repository = { fullName: 'octo/hello', cloneUrls: ['git@git.example.org:octo/hello.git'] };
const elsewhere = { fullName: 'octo/other', cloneUrls: ['https://git.example.org/octo/other.git'] };

/** What becomes of one delivery. */
async function outcomeOf(body: Buffer, headers = signedHeaders(body, 'hook-secret')) {
  const id = await fixture.receive(body, headers);
  await fixture.work();
  const { status, outcome } = await fixture.delivery(id);
  return { status, ...outcome, verdicts: await fixture.verdicts(id) };
}

test('a signed push of any spelling of the URL starts a job', async () => {
  expect(await outcomeOf(testEvent({ repository }))).toEqual({
    status: 'processed',
    event: 'push',
    repository: 'octo/hello',
    ref: 'refs/heads/main',
    commit: testCommit(1),
    matched: true,
    verified: true,
    reason: 'push to refs/heads/main',
    verdicts: ['web triggered: branch "main" matches ["main"]'],
  });
  expect(await fixture.jobs()).toEqual(['web 1']);
  expect(fixture.metrics.get('danube_webhook_requests_total', { forge: 'test', matched: 'true' })).toBe(1);
});

test('a repository that no pipeline builds is said so, in the record, the log and the metric', async () => {
  expect(await outcomeOf(testEvent({ repository: elsewhere }))).toMatchObject({
    status: 'processed',
    event: 'ignored',
    repository: 'octo/other',
    matched: false,
    verified: false,
    reason: 'no pipeline builds git.example.org/octo/other',
    verdicts: [],
  });
  expect(fixture.loggers.messages('info')).toContain('a delivery is for no pipeline');
  expect(fixture.metrics.get('danube_webhook_requests_total', { forge: 'test', matched: 'false' })).toBe(1);
});

test.each([
  ['not JSON', Buffer.from('{"a":'), 'processed', 'the body is not JSON: SyntaxError'],
  ['empty', Buffer.alloc(0), 'processed', 'the body is not JSON: SyntaxError'],
  ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'processed', 'the body is not JSON: TypeError'],
  ['too deep', Buffer.from('['.repeat(1_000_000)), 'processed', 'the body is not JSON'],
  ['about what the plugin trips over', testEvent({ event: 'explode' }), 'failed', 'this plugin has a mistake'],
  ['signed, but without what is needed', testEvent({ event: 'odd' }), 'failed', 'after is missing'],
])('a body that is %s is unreadable', async (_name, body, status, reason) => {
  expect(await outcomeOf(body)).toMatchObject({
    status,
    event: 'unreadable',
    reason: expect.stringContaining(reason) as string,
  });
  expect(await fixture.jobs()).toEqual([]);
});

test('a genuine delivery that cannot be read has a verdict for each pipeline too', async () => {
  fixture.secrets.set('own', 'own-secret');
  await fixture.addPipeline('other', { webhookSecret: 'own' });
  const { verdicts } = await outcomeOf(testEvent({ event: 'odd' }));
  expect(verdicts).toEqual([
    'other rejected: signature did not verify for pipeline other',
    'web rejected: after is missing',
  ]);
});

test.each([
  ['a ping', testEvent({ event: 'ping' }), true, ['web skipped: ping']],
  ['about no repository', testEvent({ repository: undefined }), false, []],
])('%s is ignored with the reason', async (_name, body, verified, verdicts) => {
  expect(await outcomeOf(body)).toMatchObject({ status: 'processed', event: 'ignored', verified, verdicts });
});

const body = testEvent();
const { 'x-test-signature': signature = '' } = signedHeaders(body, 'hook-secret');

test.each([
  ['missing', undefined],
  ['empty', ''],
  ['of another secret', signedHeaders(body, 'wrong')['x-test-signature']],
  ['in upper case', signature.toUpperCase()],
  ['sent twice', `${signature}, ${signature}`],
])('a signature that is %s starts nothing', async (_name, given) => {
  const headers = given === undefined ? {} : { 'x-test-signature': given };
  expect(await outcomeOf(body, headers as Record<string, string>)).toMatchObject({
    status: 'processed',
    event: 'unverified',
    matched: true,
    verified: false,
    verdicts: ['web rejected: signature did not verify for pipeline web'],
  });
  expect(await fixture.jobs()).toEqual([]);
  expect(fixture.loggers.messages('warn')).toContain('a delivery was not signed for any pipeline');
});

test('each pipeline is verified with its own secret, and each value is checked once', async () => {
  let checks = 0;
  const { forge } = fixture.forge('test');
  fixture.forges = [
    fixture.forge(
      'test',
      { webhookSecret: 'hook' },
      { verifySignature: (...call) => ((checks += 1), forge.verifySignature(...call)) },
    ),
  ];
  fixture.secrets.set('own', 'own-secret').set('same', 'own-secret');
  await fixture.addPipeline('own', { webhookSecret: 'own' });
  await fixture.addPipeline('same', { webhookSecret: 'same' });
  await fixture.addPipeline('lost', { webhookSecret: 'nowhere' });
  const { verdicts } = await outcomeOf(body, signedHeaders(body, 'own-secret'));
  expect(verdicts).toEqual([
    'lost rejected: there is no secret "nowhere" to verify webhooks with: set it with `danube secret set nowhere`',
    'own triggered: branch "main" matches ["main"]',
    'same triggered: branch "main" matches ["main"]',
    'web rejected: signature did not verify for pipeline web',
  ]);
  expect(checks).toBe(2);
});

test('a secret that was never stored is told from a wrong signature, also in the outcome of the whole', async () => {
  const signature = 'it was signed with the secret of no pipeline';
  const missing = (name: string) =>
    `there is no secret "${name}" to verify webhooks with: set it with \`danube secret set ${name}\``;
  expect((await outcomeOf(body, signedHeaders(body, 'wrong'))).reason).toBe(`nothing was done: ${signature}`);

  await fixture.addPipeline('lost', { webhookSecret: 'nowhere' });
  const both = await outcomeOf(body, signedHeaders(body, 'wrong'));
  expect(both.reason).toBe(`nothing was done: ${signature}; ${missing('nowhere')}`);

  fixture.secrets.delete('hook');
  await fixture.addPipeline('docs');
  const none = await outcomeOf(body);
  expect(none.reason).toBe(`nothing was done: ${missing('hook')}; ${missing('nowhere')}`);
  expect(none.verdicts).toContain(`docs rejected: ${missing('hook')}`);
});

test('without a configured secret nothing verifies, and the verdict says what to set', async () => {
  fixture.forges = [fixture.forge('test')];
  const { event, verdicts } = await outcomeOf(body, signedHeaders(body, ''));
  expect(event).toBe('unverified');
  expect(verdicts).toEqual([
    'web rejected: no secret to verify webhooks with: set webhook_secret in pipeline "web" or in the entry "test" of forges',
  ]);
});

test('the secret of one forge does not speak for the repositories of another', async () => {
  const url = 'https://elsewhere.example/octo/hello.git';
  await fixture.addPipeline('foreign', { repository: url });
  const { matched, verdicts } = await outcomeOf(
    testEvent({ repository: { fullName: 'octo/hello', cloneUrls: [url] } }),
  );
  expect({ matched, verdicts }).toEqual({ matched: false, verdicts: [] });
});

test('a forge that was disabled meanwhile leaves the delivery for a replay', async () => {
  const id = await fixture.receive(body);
  fixture.forges = [];
  await fixture.work();
  expect(await fixture.delivery(id)).toMatchObject({
    status: 'failed',
    outcome: { reason: 'forge "test" is not enabled any more; enable it and replay the delivery' },
  });
});

test('texts of a stranger cannot steer a terminal', async () => {
  const fullName = 'octo/\u001b[2Jhello\n\u202e';
  const { repository: name } = await outcomeOf(testEvent({ repository: { ...elsewhere, fullName } }));
  expect(name).toBe('octo/\ufffd[2Jhello\ufffd\ufffd');
});

test('texts of a stranger are cut', async () => {
  const long = 'x'.repeat(100_000);
  const { repository: name, reason } = await outcomeOf(
    testEvent({ repository: { fullName: long, cloneUrls: [`https://git.example.org/${long}`] } }),
  );
  expect(name).toHaveLength(200);
  expect(reason).toHaveLength(500);
});

test.each<[string, number, string | undefined]>([
  ['sent just now', 0, undefined],
  ['under way for five minutes', -300_000, undefined],
  ['from a clock that is four minutes ahead', 240_000, undefined],
  ['under way for longer', -301_000, 'it came in 5m 1s after it was sent'],
  ['captured long ago', -40 * 86_400_000, 'it came in 40d after it was sent'],
  ['from a clock that is far ahead', 600_000, 'it came in 10m before it was sent'],
])('a delivery that is %s', async (_name, sentAgo, problem) => {
  const sentAt = fixture.clock.now() + sentAgo;
  fixture.forges = [fixture.forge('test', { webhookSecret: 'hook' }, { sentAt: () => sentAt })];
  const outcome = await outcomeOf(testEvent({ repository }));
  if (problem === undefined) return expect(outcome).toMatchObject({ event: 'push', verified: true });
  expect(outcome).toMatchObject({ status: 'processed', event: 'unverified', verified: false });
  expect(outcome.reason).toContain(problem);
  expect(outcome.verdicts).toEqual([expect.stringContaining(`web rejected: ${problem}`) as string]);
  expect(await fixture.jobs()).toEqual([]);
});

test('a delivery whose age the plugin cannot tell starts nothing', async () => {
  const sentAt = () => {
    throw new TypeError('broken');
  };
  fixture.forges = [fixture.forge('test', { webhookSecret: 'hook' }, { sentAt })];
  expect(await outcomeOf(testEvent({ repository }))).toMatchObject({ event: 'unverified', verified: false });
  expect(await fixture.jobs()).toEqual([]);
});
