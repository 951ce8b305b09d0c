import { DanubeError } from '@danube/plugin-api';
import type { ReadinessCheck } from '../adapters/http/http-dependencies.js';
import { accountOf, type Isolation } from '../adapters/runtime-local/isolation/isolation.js';
import type { Logger } from '../services/ports/logger.js';

const consequence =
  'jobs run as the user of this server and can read its keys and its database; run only pipelines that you trust, or ' +
  'use the kubernetes runtime';

/** Says at the start how jobs are isolated. */
export function logIsolation(logger: Logger, isolation: Isolation | undefined): void {
  if (isolation === undefined) return;
  if (isolation.mode === 'none') logger.warn(`jobs are not isolated: ${adviceOf(isolation.advice)}${consequence}`);
  else logger.info('jobs are isolated', { isolation: isolation.mode, user: accountOf(isolation)?.name });
}

/** What `/health/ready` says while jobs are not isolated although nobody asked for that. */
export function isolationChecks(isolation: Isolation | undefined): readonly ReadinessCheck[] {
  if (isolation?.mode !== 'none' || isolation.advice === undefined) return [];
  const error = new DanubeError(
    'isolation_missing',
    `jobs are not isolated: ${adviceOf(isolation.advice)}${consequence}`,
    {
      category: 'unavailable',
    },
  );
  return [{ name: 'isolation', optional: true, check: () => Promise.reject(error) }];
}

function adviceOf(advice: string | undefined): string {
  return advice === undefined ? '' : `${advice}; `;
}
