import assert from 'node:assert/strict';
import type { Contribution } from '../../contribution.js';
import type { Storage } from '../../storage.js';
import { contributionChecks } from '../kit/contribution-checks.js';
import { instanceChecks } from '../kit/instance-checks.js';
import { register } from '../kit/subject.js';
import type { TestFunction } from '../kit/test-function.js';
import { artifactChecks } from './artifact-checks.js';
import { imageChecks } from './image-checks.js';
import { keyChecks } from './key-checks.js';
import type { StorageCheck, StorageSamples } from './storage-check.js';

const abilities: StorageCheck = {
  name: 'it keeps artifacts or images',
  run: ({ use }) => use(({ instance }) => assert.ok(instance.artifacts ?? instance.images, 'it has neither ability')),
};

/** Checks every promise of {@link Storage}. */
export function testStorage(
  test: TestFunction,
  contribution: Contribution<never, Storage>,
  samples: StorageSamples,
): void {
  register(
    test,
    `storages ${contribution.type}`,
    [contribution, samples],
    [...contributionChecks(), ...instanceChecks(), abilities, ...artifactChecks, ...keyChecks, ...imageChecks],
  );
}
