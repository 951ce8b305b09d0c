import { openLocalRuntime } from '@danube/test-support/local-runtime-harness.js';
import { runtimeContract } from '@danube/test-support/runtime-contract.js';

runtimeContract('the local runtime', openLocalRuntime, { largeOutputBytes: 200_000_000 });
