import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import type { ClusterApi } from '../api/cluster-api.js';
import { runInPod } from '../api/run-in-pod.js';
import { containers, objectName, stepContainer } from '../pod-layout.js';
import { stopProcessesScript } from '../scripts/stop-processes.js';

/**
 * Ends the processes of a job's pod by themselves, so that their supervisors record it. False where that is not sure: a
 * container did not let us in, or some would not go.
 */
export async function stopAllProcesses(
  api: Pick<ClusterApi, 'exec'>,
  pod: V1Pod,
  graceMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const running = statuses(pod).filter(({ state }) => state?.running !== undefined);
  const names = running.map(({ name }) => name).filter((name) => name !== containers.checkout);
  const name = pod.metadata?.name ?? '';
  const stopped = await Promise.all(names.map((container) => stop(api, name, container, 'all', graceMs, signal)));
  return stopped.every(Boolean);
}

/** As {@link stopAllProcesses}, for one process. */
export function stopProcess(
  api: Pick<ClusterApi, 'exec'>,
  pod: V1Pod,
  process: { readonly jobId: string; readonly sequence: number },
  graceMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  return stop(api, objectName(process.jobId), containerOf(pod, process.sequence), process.sequence, graceMs, signal);
}

function containerOf(pod: V1Pod, sequence: number): string {
  if (sequence === 0) return containers.coordinator;
  const own = stepContainer(sequence);
  return pod.spec?.ephemeralContainers?.some(({ name }) => name === own) === true ? own : containers.worker;
}

async function stop(
  api: Pick<ClusterApi, 'exec'>,
  pod: string,
  container: string,
  sequence: number | 'all',
  graceMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const script = stopProcessesScript(sequence, graceMs);
  const { end } = await runInPod(api, { pod, container, script }, signal);
  return end.kind === 'exited' && end.exitCode === 0;
}

function statuses({ status }: V1Pod): readonly V1ContainerStatus[] {
  return [
    ...(status?.initContainerStatuses ?? []),
    ...(status?.containerStatuses ?? []),
    ...(status?.ephemeralContainerStatuses ?? []),
  ];
}
