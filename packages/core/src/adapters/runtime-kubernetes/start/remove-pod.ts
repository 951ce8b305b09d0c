import type { ClusterApi } from '../api/cluster-api.js';
import type { PodStates } from '../attend/pod-states.js';

/** Not 0: that forgets a pod whose processes may still run. */
export const removalGraceSeconds = 1;

/** Deletes a pod and resolves when it is gone. */
export async function removePod(
  { api, states }: { readonly api: ClusterApi; readonly states: PodStates },
  name: string,
  signal: AbortSignal,
): Promise<void> {
  await api.deletePod(name, removalGraceSeconds, signal);
  const bounds = { imagePullTimeoutMs: Infinity, scheduleTimeoutMs: Infinity };
  for await (const { pod } of states.of(name, bounds, signal)) if (pod === undefined) return;
  signal.throwIfAborted();
}
