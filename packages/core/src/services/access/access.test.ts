import { beforeEach, expect, test } from 'vitest';
import { Sha256TokenHasher } from '../../adapters/crypto/sha256-token-hasher.js';
import { UuidIdGenerator } from '../../adapters/crypto/uuid-id-generator.js';
import { AuthenticateToken } from './authenticate-token.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { Sessions } from './sessions.js';

const hour = 3_600_000;
const ids = new UuidIdGenerator();
const hasher = new Sha256TokenHasher();
const admin = { name: 'admin' };
let now: number;
const never = () => ({ cancel: () => undefined });
const clock = { now: () => now, callAt: never, callAfter: never };

beforeEach(() => {
  now = 1_000;
});

test('the admin token is the admin, anything else is nobody', async () => {
  const authenticate = new AuthenticateToken(hasher.hash('the-admin-token'), hasher);
  expect(await authenticate.execute('the-admin-token')).toEqual(admin);
  for (const wrong of ['', 'the-admin-toke', hasher.hash('the-admin-token')]) {
    expect(await authenticate.execute(wrong)).toBeUndefined();
  }
});

test('a one-time token works once', () => {
  const tokens = new OneTimeTokens(clock, ids, hasher);
  const token = tokens.issue(admin);
  expect(tokens.redeem('something else')).toBeUndefined();
  expect(tokens.redeem(token)).toEqual(admin);
  expect(tokens.redeem(token)).toBeUndefined();
});

test('a one-time token ends after an hour', () => {
  const tokens = new OneTimeTokens(clock, ids, hasher);
  const [first, second] = [tokens.issue(admin), tokens.issue(admin)];
  now += hour - 1;
  expect(tokens.redeem(first)).toEqual(admin);
  now += 1;
  expect(tokens.redeem(second)).toBeUndefined();
});

test('a session lasts until it is closed or twelve hours are over', () => {
  const sessions = new Sessions(clock, ids, hasher);
  const [first, second] = [sessions.open(admin), sessions.open({ name: 'jane' })];
  expect(sessions.find(first)).toEqual(admin);
  sessions.close(first);
  expect(sessions.find(first)).toBeUndefined();
  now += 12 * hour - 1;
  expect(sessions.find(second)).toEqual({ name: 'jane' });
  now += 1;
  expect(sessions.find(second)).toBeUndefined();
});

test('sessions beyond the limit push out the oldest, so that memory is bounded', () => {
  const sessions = new Sessions(clock, ids, hasher);
  const first = sessions.open(admin);
  const others = Array.from({ length: 10_000 }, () => sessions.open(admin));
  expect(sessions.find(first)).toBeUndefined();
  expect(sessions.find(others[0] ?? '')).toEqual(admin);
});
