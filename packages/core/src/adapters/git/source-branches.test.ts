import { CheckoutFixture, openToAll } from '@danube/test-support/checkout-fixture.js';
import { afterEach, beforeEach, expect, test } from 'vitest';

const never = new AbortController().signal;
let world: CheckoutFixture;
beforeEach(() => {
  world = new CheckoutFixture();
});
afterEach(() => world.remove());

test('branches are listed by their short names, and tags are none', async () => {
  world.repository.commit({ a: 'a' });
  for (const name of ['feature/x', 'release']) world.repository.git('branch', name);
  world.repository.git('tag', 'v1');
  expect(await world.git.branches.list(world.repository.url, openToAll, never)).toEqual([
    'feature/x',
    'main',
    'release',
  ]);
});

test('a repository that is not there is said to be so', async () => {
  await expect(world.git.branches.list(`${world.repository.url}-gone`, openToAll, never)).rejects.toMatchObject({
    code: 'repository_unreachable',
  });
  await expect(world.git.branches.list('ext::sh -c true', openToAll, never)).rejects.toMatchObject({
    code: 'repository_url_refused',
  });
});
