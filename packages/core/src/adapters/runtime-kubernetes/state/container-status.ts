import type { V1Container, V1ContainerStatus, V1EphemeralContainer, V1Pod } from '@kubernetes/client-node';

/** A container of a pod as it was asked for and as it is; the status comes later than the container. */
export interface ObservedContainer {
  readonly name: string;
  readonly image: string;
  readonly memoryLimit: string | undefined;
  readonly status: V1ContainerStatus | undefined;
}

/** The container of that name, of whichever kind it is; undefined where the pod has none. */
export function observeContainer({ spec, status }: V1Pod, name: string): ObservedContainer | undefined {
  const asked: readonly (V1Container | V1EphemeralContainer)[] = [
    ...(spec?.initContainers ?? []),
    ...(spec?.containers ?? []),
    ...(spec?.ephemeralContainers ?? []),
  ];
  const container = asked.find((one) => one.name === name);
  if (container === undefined) return undefined;
  const statuses = [
    ...(status?.initContainerStatuses ?? []),
    ...(status?.containerStatuses ?? []),
    ...(status?.ephemeralContainerStatuses ?? []),
  ];
  return {
    name,
    image: container.image ?? 'without a name',
    memoryLimit: container.resources?.limits?.['memory'],
    status: statuses.find((one) => one.name === name),
  };
}

/** Milliseconds since the epoch, of a time as the client or plain JSON gives it. */
export function toTime(time: Date | string | null | undefined): number | undefined {
  return time === undefined || time === null ? undefined : new Date(time).getTime();
}
