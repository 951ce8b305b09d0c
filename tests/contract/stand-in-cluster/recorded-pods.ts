import { readRecording } from '@danube/test-support/kubernetes/recordings.js';
import type { WatchEvent } from '@danube/test-support/kubernetes/raw-client.js';
import type { Container, Pod } from '@danube/test-support/kubernetes/types.js';

/** The events about a pod that a real server sent. */
export function recordedEvents(scenario: string): WatchEvent<Pod>[] {
  return readRecording<{ watch: WatchEvent<Pod>[] }>(`pod-${scenario}`).watch;
}

/** The manifest that was sent to the real server: what was recorded, without what the server had added. */
export function sentManifest({ metadata, spec }: Pod): object {
  const { name, labels } = metadata;
  const plain = ({ name, image, command, resources, restartPolicy, volumeMounts }: Container) => ({
    name,
    image,
    command,
    restartPolicy,
    volumeMounts,
    ...(Object.keys(resources ?? {}).length > 0 && { resources }),
  });
  const { volumes, restartPolicy, terminationGracePeriodSeconds, activeDeadlineSeconds } = spec;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels },
    spec: {
      restartPolicy,
      terminationGracePeriodSeconds,
      activeDeadlineSeconds,
      automountServiceAccountToken: false,
      volumes,
      initContainers: spec.initContainers?.map(plain),
      containers: spec.containers.map(plain),
    },
  };
}

/**
 * Events in a form that can be compared: without what differs from run to run (times, identifiers, addresses, whether
 * the first status came before the sandbox or after), without what the kubelet adds up of resources, without bookmarks,
 * and with equal neighbours as one.
 */
export function comparable(events: readonly WatchEvent<Pod>[]): object[] {
  const masked = events
    .filter(({ type }) => type !== 'BOOKMARK')
    .map(({ type, object }) => ({ type, object: mask(withoutSandbox(object)) }));
  return masked.filter((event, index) => JSON.stringify(event) !== JSON.stringify(masked[index - 1]));
}

function withoutSandbox(pod: Pod): Pod {
  if (pod.status.podIP !== undefined) return pod;
  const conditions = pod.status.conditions?.filter(({ type }) => type !== 'PodReadyToStartContainers');
  return { ...pod, status: { ...pod.status, ...(conditions && { conditions }) } };
}

const volatile: Readonly<Record<string, string>> = {
  uid: '<uid>',
  resourceVersion: '<version>',
  containerID: '<container>',
  podIP: '<address>',
  ip: '<address>',
};
const summedUp = new Set(['allocatedResources', 'resources']);

function mask(value: unknown, path: readonly string[] = []): unknown {
  if (Array.isArray(value)) return value.map((item) => mask(item, path));
  if (typeof value === 'string')
    return value.replace(/^20\d\d-\d\d-\d\dT[\d:]+Z$/, '<time>').replace(/@sha256:\w+$/, '@<digest>');
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value)
    .filter(([key]) => !(path.length === 1 && path[0] === 'status' && summedUp.has(key)))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(kept.map(([key, inner]) => [key, volatile[key] ?? mask(inner, [...path, key])]));
}
