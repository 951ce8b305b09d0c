import assert from 'node:assert/strict';
import type { ForgeCheck } from './forge-check.js';

const junk = [
  '',
  ' ',
  '/',
  'main',
  'ext::sh -c id',
  '--upload-pack=id',
  'file:///srv/app.git',
  '/srv/app.git',
  'git@',
  'https://',
  'https://%',
  ':',
  '\u0000',
  'a'.repeat(100_000),
];

export const repositoryChecks: readonly ForgeCheck[] = [
  {
    name: 'the samples hold a push, something ignored, and pull requests from within and from a fork',
    run: ({ samples }) => {
      const kinds = samples.deliveries.map(({ expected }) =>
        expected.kind === 'pull_request' ? (expected.fromFork ? 'fork' : 'own') : expected.kind,
      );
      assert.ok(kinds.includes('push') && kinds.includes('ignored'), 'there is no push, or nothing ignored');
      assert.equal(kinds.includes('fork'), kinds.includes('own'), 'there are pull requests of one kind only');
      assert.ok(samples.foreignUrls.length > 0, 'there is no foreign URL');
      const names = samples.deliveries.map(({ name }) => name);
      assert.equal(new Set(names).size, names.length, 'two deliveries have the same name');
      return Promise.resolve();
    },
  },
  {
    name: 'servesRepository knows its own repositories and no others',
    run: ({ use, samples }) =>
      use(({ instance }) => {
        for (const { expected } of samples.deliveries) {
          if (expected.kind === 'ignored') continue;
          for (const url of expected.repository.cloneUrls)
            assert.equal(instance.servesRepository(url), true, `"${url}" is not taken for its own`);
        }
        for (const url of [...samples.foreignUrls, ...junk]) {
          assert.equal(instance.servesRepository(url), false, `"${url.slice(0, 100)}" is taken for its own`);
        }
      }),
  },
];
