import assert from 'node:assert/strict';
import test from 'node:test';
import { parseEvent } from '../src/parse-event.js';

/**
 * @param {string} event
 * @param {object} body
 */
const delivery = (event, body) => ({ headers: { 'x-__id__-event': event }, body: Buffer.from(JSON.stringify(body)) });

test('a label that was put on a pull request starts nothing', () => {
  const event = parseEvent(delivery('pull_request', { action: 'labeled' }));
  assert.deepEqual(event, { kind: 'ignored', reason: 'a pull request was labeled' });
});

test('a push without a ref is refused by name', () => {
  assert.throws(() => parseEvent(delivery('push', {})), { code: 'delivery_invalid', message: /ref is missing/ });
});
