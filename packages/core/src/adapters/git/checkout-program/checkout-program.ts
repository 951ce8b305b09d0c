import { DanubeError } from '@danube/plugin-api';
import { checkCommitName, checkRefName } from '../../../domain/repository/ref-name.js';
import { checkRepositoryUrl } from '../../../domain/repository/repository-url.js';
import type { CheckoutOutcome, CheckoutPlan, CheckoutProgram } from '../../../services/ports/checkout-program.js';
import type { Metrics } from '../../../services/ports/metrics.js';
import type { CheckoutReport, CheckoutRequest } from '../../../services/ports/source-checkout.js';
import { outcomeFailure } from './outcome-failure.js';
import { parseOutcome } from './outcome.js';
import { planFiles } from './plan-files.js';
import { programText } from './program-text.js';

/** Without a mirror: a pod has no disk that the next one would find again. `knownHosts` lists the hosts learnt so far. */
export class GitCheckoutProgram implements CheckoutProgram {
  constructor(
    private readonly metrics: Metrics,
    private readonly knownHosts: string,
  ) {}

  async plan(request: CheckoutRequest, folder: string): Promise<CheckoutPlan> {
    if (checkRepositoryUrl(request.repositoryUrl) === 'file') throw folderRefused(request.repositoryUrl);
    checkCommitName(request.commit);
    checkRefName(request.ref);
    const files = await planFiles(request, folder, this.knownHosts);
    return { program: programText(request, folder, Object.keys(files)), files };
  }

  read(request: CheckoutRequest, outcome: CheckoutOutcome): CheckoutReport {
    const status = outcome.exitCode === 0 ? 'success' : 'failure';
    this.metrics.count('danube_git_clone_total', { auth_method: request.access.authMethod, status });
    if (status === 'failure') throw outcomeFailure(request, outcome);
    return { warnings: parseOutcome(outcome.message)?.warnings ?? [] };
  }
}

function folderRefused(url: string): DanubeError {
  const message = `${url} is a folder of the server, which pods cannot read; use a URL that they can reach, or the local runtime`;
  return new DanubeError('repository_unreachable_from_pod', message, { category: 'invalid' });
}
