import type { V1Pod } from '@kubernetes/client-node';
import type { Clock } from '../../../services/ports/clock.js';
import type { Logger } from '../../../services/ports/logger.js';
import type { ClusterApi } from '../api/cluster-api.js';
import type { PodWatch } from '../api/pod-watch.js';
import { labels } from '../pod-layout.js';
import type { JobNetwork } from '../start/job-network.js';
import { removalGraceSeconds } from '../start/remove-pod.js';
import { keptUntil } from './keep-failed-pod.js';

const stuckMs = 60_000;

export interface SweepParts {
  readonly api: ClusterApi;
  readonly watch: Pick<PodWatch, 'list'>;
  readonly network: JobNetwork;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly labelSelector: string;
}

/**
 * Removes what no job of this master needs: pods without a job's folder here, unless they are kept for a look at them, and
 * network policies without a pod. A job's folder is made before its pod and removed after it.
 */
export async function removeOrphans(parts: SweepParts, jobs: readonly string[], signal: AbortSignal): Promise<void> {
  const known = new Set(jobs);
  for (const pod of parts.watch.list()) {
    const job = jobOf(pod);
    if (job === undefined || known.has(job) || parts.clock.now() < (keptUntil(pod) ?? 0)) continue;
    const grace = isStuck(pod, parts.clock.now()) ? 0 : removalGraceSeconds;
    parts.logger.info('removing a pod that no job needs', { job_id: job, pod: pod.metadata?.name });
    await parts.api.deletePod(pod.metadata?.name ?? '', grace, signal);
  }
}

/** Once after a start: what a crash between the removal of a pod and that of its policy has left. */
export async function removeOrphanedPolicies(
  parts: SweepParts,
  jobs: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const needed = new Set([...jobs, ...parts.watch.list().map(jobOf)]);
  for (const job of await parts.network.listJobs(parts.labelSelector, signal)) {
    if (!needed.has(job)) await parts.network.close(job, signal);
  }
}

/** On a node that is gone nobody is left to end a pod: then it is only forgotten. */
function isStuck({ metadata }: V1Pod, now: number): boolean {
  const deletedAt = metadata?.deletionTimestamp;
  return deletedAt !== undefined && now - new Date(deletedAt).getTime() > stuckMs;
}

function jobOf({ metadata }: V1Pod): string | undefined {
  return metadata?.labels?.[labels.job];
}
