import { afterEach, beforeEach, describe } from 'vitest';
import { endContract } from './runtime-contract/end-contract.js';
import { outputContract } from './runtime-contract/output-contract.js';
import { RuntimeBench, type RuntimeHarness } from './runtime-contract/runtime-bench.js';
import { startContract } from './runtime-contract/start-contract.js';
import { stepContract } from './runtime-contract/step-contract.js';

export interface RuntimeToggles {
  /** How much one step prints in the test of large output. */
  readonly largeOutputBytes: number;
}

/** What every runtime promises. `open` makes a fresh one for each test. */
export function runtimeContract(name: string, open: () => Promise<RuntimeHarness>, toggles: RuntimeToggles): void {
  describe(`${name} keeps the contract of a job runtime`, () => {
    const bench = new RuntimeBench(open);
    beforeEach(() => bench.open());
    afterEach(() => bench.close());

    startContract(bench);
    stepContract(bench);
    outputContract(bench, toggles.largeOutputBytes);
    endContract(bench);
  });
}
