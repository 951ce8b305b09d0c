import { DanubeError } from '@danube/plugin-api';
import type { CheckoutOutcome } from '../../../services/ports/checkout-program.js';
import type { CheckoutRequest } from '../../../services/ports/source-checkout.js';
import { commitNotFound, commitUnusable, diskFull, lastWords, nameRefused, unreachable } from '../git-failure.js';
import { isLfsFailure, lfsFailure } from '../lfs-failure.js';
import { hideCredential } from '../hide-credential.js';
import { parseOutcome } from './outcome.js';
import { submoduleOutcome } from './submodule-outcome.js';

const pods = 'the pods of jobs';

/** Why the program failed, in the words of a checkout on the master itself. */
export function outcomeFailure(request: CheckoutRequest, { exitCode, message }: CheckoutOutcome): DanubeError {
  const { repositoryUrl: url, access, commit, ref } = request;
  const outcome = parseOutcome(message);
  if (outcome === undefined) {
    return failed(
      `it ended with exit code ${exitCode} and left no word; was it killed, or was there too little memory?`,
    );
  }
  const { phase } = outcome;
  const stderr = hideCredential(outcome.stderr, access.credential);
  if (diskFull.test(stderr)) return workspaceFull(url, stderr);
  if (phase === 'submodules') return submoduleOutcome(request, stderr, pods);
  if (isLfsFailure(stderr)) return lfsFailure(url, access, stderr);
  if (phase === 'checkout' && nameRefused.test(stderr)) return commitUnusable(url, commit, stderr);
  if (phase === 'fetch') return unreachable(url, access, { stderr }, pods);
  if (phase === 'search') return commitNotFound(url, commit, ref);
  return failed(
    `${lastWords(stderr)}; trigger the job anew, and look at the node and the checkout image if that does not help`,
  );
}

function workspaceFull(url: string, stderr: string): DanubeError {
  const message = `${url} does not fit into the workspace: ${lastWords(stderr)}; give the workspace more room, or clone less of the history`;
  return new DanubeError('workspace_full', message, { category: 'invalid' });
}

function failed(reason: string): DanubeError {
  return new DanubeError('checkout_failed', `the checkout in the pod failed: ${reason}`, { category: 'unavailable' });
}
