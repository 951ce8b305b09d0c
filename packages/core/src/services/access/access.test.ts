import { openTestDatabase, type TestDatabase } from '@danube/test-support/database.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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

describe('sessions', () => {
  let db: TestDatabase;
  beforeEach(async () => {
    db = await openTestDatabase();
  });
  afterEach(() => db.close());
  const start = () => new Sessions(db.sessions, clock, ids, hasher);

  test('last until they are closed or twelve hours are over', async () => {
    const sessions = start();
    const [first, second] = [await sessions.open(admin), await sessions.open({ name: 'jane' })];
    expect(await sessions.find(first)).toEqual(admin);
    await sessions.close(first);
    expect(await sessions.find(first)).toBeUndefined();
    now += 12 * hour - 1;
    expect(await sessions.find(second)).toEqual({ name: 'jane' });
    now += 1;
    expect(await sessions.find(second)).toBeUndefined();
  });

  test('outlive the server, and nothing that opens one is stored', async () => {
    const token = await start().open(admin);
    expect(await start().find(token)).toEqual(admin);
    expect(await db.sessions.find(token)).toBeUndefined();
  });

  test('that have expired are removed when another one begins', async () => {
    const token = await start().open(admin);
    now += 12 * hour;
    await start().open(admin);
    expect(await db.sessions.find(hasher.hash(token))).toBeUndefined();
  });
});

test('one-time tokens beyond the limit push out the oldest, so that memory is bounded', () => {
  const tokens = new OneTimeTokens(clock, ids, hasher);
  const first = tokens.issue(admin);
  const others = Array.from({ length: 10_000 }, () => tokens.issue(admin));
  expect(tokens.redeem(first)).toBeUndefined();
  expect(tokens.redeem(others[0] ?? '')).toEqual(admin);
});
