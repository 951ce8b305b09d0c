import type { Contribution } from '../../contribution.js';
import type { Forge } from '../../forge.js';
import { contributionChecks } from '../kit/contribution-checks.js';
import { instanceChecks } from '../kit/instance-checks.js';
import { register } from '../kit/subject.js';
import type { TestFunction } from '../kit/test-function.js';
import type { ForgeSamples } from './forge-samples.js';
import { historyChecks } from './history-checks.js';
import { parsingChecks } from './parsing-checks.js';
import { purityChecks } from './purity-checks.js';
import { repositoryChecks } from './repository-checks.js';
import { signatureChecks } from './signature-checks.js';
import { statusChecks } from './status-checks.js';

/** Checks every promise of {@link Forge} with recorded deliveries and a forge that does what it is told. */
export function testForge(test: TestFunction, contribution: Contribution<never, Forge>, samples: ForgeSamples): void {
  register(
    test,
    `forges ${contribution.type}`,
    [contribution, samples],
    [
      ...contributionChecks(),
      ...instanceChecks(),
      ...repositoryChecks,
      ...signatureChecks,
      ...parsingChecks,
      ...purityChecks,
      ...statusChecks,
      ...historyChecks,
    ],
  );
}
