import { testForge, type ForgeSamples } from '@danube/plugin-api/testing';
import { deliveryInvalid } from '@danube/plugin-api/toolkit';
import { expect, test } from 'vitest';
import { collectFailures } from './collect-failures.js';
import { commonChecks } from './common-mutations.js';
import { exampleForge } from './example-forge.js';
import { exampleForgeSamples } from './example-forge-samples.js';
import { eventMutations } from './forge-event-mutations.js';
import { facetMutations } from './forge-facet-mutations.js';
import { signatureMutations, type ForgeMutation } from './forge-signature-mutations.js';

const mutations = [...signatureMutations, ...eventMutations, ...facetMutations];

const wrongSamples: readonly (readonly [string, Partial<ForgeSamples>])[] = [
  [
    'the samples hold a push, something ignored, and pull requests from within and from a fork',
    { deliveries: exampleForgeSamples.deliveries.filter(({ name }) => name !== 'fork') },
  ],
  [
    'statuses and history come with samples',
    {
      prepare: async () => {
        const { config, secrets = {} } = await exampleForgeSamples.prepare();
        return { config, secrets };
      },
    },
  ],
];

const failuresOf = (overrides: ForgeMutation[1], samples: Partial<ForgeSamples> = {}) =>
  collectFailures((register) =>
    testForge(
      register,
      {
        ...exampleForge,
        create: (config, context) => {
          const forge = exampleForge.create(config, context);
          return { ...forge, ...overrides(forge) };
        },
      },
      { ...exampleForgeSamples, ...samples },
    ),
  );

test('a forge that keeps every promise passes every check, and for each check there is a forge that fails it', async () => {
  const { names, failed } = await failuresOf(() => ({}));
  expect(failed).toEqual({});
  const tried = new Set<string>([...mutations, ...wrongSamples].map(([name]) => name));
  expect(names.filter((name) => !commonChecks.includes(name) && !tried.has(name))).toEqual([]);
});

test.each(mutations)('%s', async (name, overrides) => {
  const { failed } = await failuresOf(overrides);
  expect(Object.keys(failed), JSON.stringify(failed)).toEqual([name]);
});

test.each(wrongSamples)('%s', async (name, samples) => {
  const { failed } = await failuresOf(() => ({}), samples);
  expect(Object.keys(failed), JSON.stringify(failed)).toEqual([name]);
});

test('failures name the recorded delivery with what is wrong in it, and what the samples lack', async () => {
  const refuse = () => {
    throw deliveryInvalid('tip.sha is missing');
  };
  const { failed: refused } = await failuresOf(() => ({ parseEvent: refuse, identifyRepository: refuse }));
  const first = exampleForgeSamples.deliveries[0]?.name;
  expect(refused['recorded deliveries mean what the samples say']).toContain(`${first}: tip.sha is missing`);
  expect(refused['identifyRepository answers the repository of the event']).toContain(`${first}: tip.sha is missing`);

  const { failed: bare } = await failuresOf(() => ({}), wrongSamples[1]?.[1]);
  expect(bare['statuses and history come with samples']).toContain(
    'the forge has "statuses", and prepare() of the samples answers no "status"',
  );
});
