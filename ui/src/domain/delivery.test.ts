import { expect, test } from 'vitest';
import type { Delivery } from '../api/types.ts';
import { toDeliveryQuery } from './delivery-filter.ts';
import { deliveryTone } from './delivery-tone.ts';
import { deliveryRemark, deliveryTopic, verdictSummary } from './delivery-words.ts';
import { readablePayload } from './payload.ts';

function sampleDelivery(changes: Partial<Delivery> = {}): Delivery {
  return {
    id: 'd',
    forge: 'github',
    source: 'webhook',
    received_at: '2026-01-06T12:00:00.000Z',
    body_bytes: 2,
    status: 'processed',
    attempts: 0,
    verdict_counts: { triggered: 0, duplicate: 0, skipped: 0, rejected: 0 },
    ...changes,
  };
}

test.each<[Partial<Delivery>, string]>([
  [{}, 'not looked at yet'],
  [{ event: 'push', ref: 'refs/heads/main', repository: 'acme/web' }, 'push · main · acme/web'],
  [{ event: 'pull_request', ref: 'refs/pull/7/head' }, 'pull request · refs/pull/7/head'],
])('a delivery %j is about "%s"', (changes, topic) => {
  expect(deliveryTopic(sampleDelivery(changes))).toBe(topic);
});

const counts = (changes: Partial<Delivery['verdict_counts']>) => ({
  verdict_counts: { triggered: 0, duplicate: 0, skipped: 0, rejected: 0, ...changes },
});

test.each<[Partial<Delivery>, string, string]>([
  [{ status: 'received' }, 'busy', 'received'],
  [{ status: 'failed', reason: 'the forge is away' }, 'bad', 'the forge is away'],
  [counts({ triggered: 2, skipped: 1 }), 'good', '2 triggered, 1 skipped'],
  [counts({ triggered: 1, rejected: 1 }), 'bad', '1 triggered, 1 rejected'],
  [{ event: 'unverified', ...counts({ skipped: 1 }) }, 'warn', '1 skipped'],
  [counts({ skipped: 3 }), 'idle', '3 skipped'],
])('of a delivery %j the tone is %s and the summary "%s"', (changes, tone, summary) => {
  expect(deliveryTone(sampleDelivery(changes))).toBe(tone);
  expect(verdictSummary(sampleDelivery(changes))).toBe(summary);
});

test.each<[Partial<Delivery>, string | undefined]>([
  [{ event: 'ignored', reason: 'a ping', ...counts({ skipped: 1 }) }, 'a ping'],
  [
    { event: 'unverified', reason: 'signed with the secret of no pipeline', ...counts({ rejected: 1 }) },
    'signed with the secret of no pipeline',
  ],
  [{ event: 'push', status: 'failed', reason: 'it broke off', ...counts({ rejected: 1 }) }, 'it broke off'],
  [{ event: 'push', reason: 'push to refs/heads/main', ...counts({ triggered: 1 }) }, undefined],
  [{ event: 'ignored', reason: 'no pipeline builds it' }, undefined],
])('a delivery %j has the remark %j', (changes, remark) => {
  expect(deliveryRemark(sampleDelivery(changes))).toBe(remark);
});

test('what the server would refuse filters nothing', () => {
  const query = toDeliveryQuery({ status: 'odd', event: 'push', forge: 'github' });
  expect(query).toEqual({ status: undefined, event: 'push', forge: 'github', pipeline: undefined });
});

test('JSON is laid out, anything else stays as it came', () => {
  expect(readablePayload('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
  expect(readablePayload('{"a":')).toBe('{"a":');
});
