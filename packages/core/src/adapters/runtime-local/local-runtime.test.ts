import { describe } from 'vitest';
import { isolationModes } from '@danube/test-support/isolation-modes.js';
import { openLocalRuntime } from '@danube/test-support/local-runtime-harness.js';
import { runtimeContract } from '@danube/test-support/runtime-contract.js';

for (const { mode, problem, title } of isolationModes) {
  describe.skipIf(problem !== undefined)(`isolation by ${title}`, () => {
    runtimeContract('the local runtime', () => openLocalRuntime(mode), { largeOutputBytes: 200_000_000 });
  });
}
