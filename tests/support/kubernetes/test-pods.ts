import type { RawClient } from './raw-client.js';
import type { Container, Pod } from './types.js';

/** The least that the API takes as a container. */
export type ContainerManifest = Pick<Container, 'name' | 'image'> & Partial<Container>;

export interface PodManifest {
  readonly containers: readonly ContainerManifest[];
  readonly [field: string]: unknown;
}

/** A pod of these tests that nothing restarts. */
export function podManifest(name: string, spec: PodManifest, labels?: Readonly<Record<string, string>>): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...(labels && { labels }) },
    spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 1, ...spec },
  };
}

/** A container that does nothing until it is told to end. */
export function idle(name: string, image: string): ContainerManifest {
  return { name, image, command: ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 1 & wait $!; done'] };
}

/** Follows a pod until it is as wanted; the first state counts too. */
export async function awaitPod(
  client: RawClient,
  namespace: string,
  name: string,
  wanted: (pod: Pod) => boolean,
): Promise<Pod> {
  const path = `/api/v1/namespaces/${namespace}/pods`;
  for await (const { type, object } of client.watch<Pod>(path, { fieldSelector: `metadata.name=${name}` })) {
    if (type === 'DELETED') throw new Error(`pod ${name} is gone, last with ${JSON.stringify(object.status)}`);
    if (wanted(object)) return object;
  }
  throw new Error(`the watch of pod ${name} has ended`);
}

export const isRunning = (pod: Pod) => pod.status.phase === 'Running';
export const hasEnded = (pod: Pod) => pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
