import type { V1Pod, V1Toleration } from '@kubernetes/client-node';
import type { Toleration } from '../../../domain/kubernetes/pod-request.js';
import type { JobSpec } from '../../../services/ports/job-runtime.js';
import { checkoutContainer, coordinatorContainer, workerContainer } from './containers.js';
import { podMetadata, type PodHome } from './pod-metadata.js';
import { podSecurity } from './security.js';
import { podVolumes } from './volumes.js';

export interface PodSettings extends PodHome {
  /** Image of checkout and coordinator. */
  readonly coordinatorImage: string;
}

const terminationGraceSeconds = 10;

function toleration({ key, value, effect }: Toleration): V1Toleration {
  return {
    key,
    ...(value === undefined ? { operator: 'Exists' } : { operator: 'Equal', value }),
    ...(effect === undefined ? {} : { effect }),
  };
}

/** Seconds after which the cluster ends the pod by itself, whatever has become of the master. */
function activeDeadline(endAt: number | undefined, now: number): { readonly activeDeadlineSeconds?: number } {
  return endAt === undefined ? {} : { activeDeadlineSeconds: Math.max(1, Math.ceil((endAt - now) / 1000)) };
}

/**
 * The pod of a job. Nothing secret is in it: credentials, token and environment are brought by exec. `now` is in
 * milliseconds since the epoch.
 */
export function podManifest(job: JobSpec, settings: PodSettings, now: number): V1Pod {
  const { pod } = job;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: podMetadata(job, settings),
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: terminationGraceSeconds,
      ...activeDeadline(job.abandonAt, now),
      ...(pod.serviceAccount === undefined ? {} : { serviceAccountName: pod.serviceAccount }),
      imagePullSecrets: pod.imagePullSecrets.map((name) => ({ name })),
      nodeSelector: pod.nodeSelector,
      tolerations: pod.tolerations.map(toleration),
      securityContext: podSecurity,
      initContainers: [checkoutContainer(pod, settings.coordinatorImage), workerContainer(pod)],
      containers: [coordinatorContainer(pod, settings.coordinatorImage)],
      volumes: podVolumes(pod.workspaceSize),
    },
  };
}
