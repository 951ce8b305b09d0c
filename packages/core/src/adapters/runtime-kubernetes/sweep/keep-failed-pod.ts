import type { V1Pod } from '@kubernetes/client-node';
import type { Clock } from '../../../services/ports/clock.js';
import type { ClusterApi } from '../api/cluster-api.js';
import type { PodWatch } from '../api/pod-watch.js';
import { containers } from '../pod-layout.js';
import { takenScript } from '../scripts/coordinator-program.js';
import { deliver } from '../start/deliver.js';

/** When a pod that was kept for a look at it may go, as an ISO 8601 time. */
const keepUntilAnnotation = 'danube.dev/keep-until';

export interface KeepParts {
  readonly api: ClusterApi;
  readonly watch: Pick<PodWatch, 'get'>;
  readonly clock: Clock;
}

/** Lets the pod end by itself and stay for a while. False where there is no pod to keep. */
export async function keepFailedPod(
  { api, watch, clock }: KeepParts,
  name: string,
  keepMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const pod = watch.get(name);
  if (pod === undefined || pod.metadata?.deletionTimestamp !== undefined) return false;
  await api.annotatePod(name, { [keepUntilAnnotation]: new Date(clock.now() + keepMs).toISOString() }, signal);
  const coordinator = pod.status?.containerStatuses?.find(({ name: own }) => own === containers.coordinator);
  if (coordinator?.state?.running !== undefined) {
    await deliver(api, { pod: name, container: containers.coordinator, script: takenScript }, signal);
  }
  return true;
}

/** When a kept pod may go, in milliseconds since the epoch; undefined for one that is not kept. */
export function keptUntil({ metadata }: V1Pod): number | undefined {
  const until = metadata?.annotations?.[keepUntilAnnotation];
  return until === undefined ? undefined : Date.parse(until);
}
