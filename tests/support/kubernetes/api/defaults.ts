import { randomUUID } from 'node:crypto';
import {
  timestamp,
  type Container,
  type KubernetesObject,
  type ObjectMeta,
  type Pod,
  type PodSpec,
  type Resources,
} from '../types.js';
import { apiVersionOf, type Resource } from './resources.js';

interface Manifest {
  readonly metadata: Pick<ObjectMeta, 'name' | 'labels' | 'annotations'>;
  readonly spec?: unknown;
}

/** The object that a server makes of a manifest. */
export function withDefaults(resource: Resource, manifest: Manifest, namespace: string): KubernetesObject {
  const { name, labels, annotations } = manifest.metadata;
  const object: KubernetesObject = {
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
    metadata: {
      name,
      ...(resource.namespaced && { namespace }),
      uid: randomUUID(),
      resourceVersion: '',
      ...(resource.kind !== 'Namespace' && { generation: 1 }),
      creationTimestamp: timestamp(),
      ...(labels && { labels }),
      ...(annotations && { annotations }),
    },
    ...(manifest.spec !== undefined && { spec: manifest.spec }),
  };
  if (resource.kind === 'Namespace')
    return { ...object, spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } };
  return resource.kind === 'Pod' ? podWithDefaults(object as Pod) : object;
}

function podWithDefaults(pod: Pod): Pod {
  const { spec } = pod;
  const serviceAccountName = (spec as { serviceAccountName?: string }).serviceAccountName ?? 'default';
  const tolerate = (key: string) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 });
  const defaults = {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName,
    serviceAccount: serviceAccountName,
    securityContext: {},
    schedulerName: 'default-scheduler',
    tolerations: ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].map(tolerate),
    priority: 0,
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
  } as const;
  const defaulted: PodSpec = {
    ...defaults,
    ...spec,
    ...(spec.initContainers && { initContainers: spec.initContainers.map(withContainerDefaults) }),
    containers: spec.containers.map(withContainerDefaults),
  };
  return { ...pod, spec: defaulted, status: { phase: 'Pending', qosClass: qosClassOf(defaulted) } };
}

function withContainerDefaults(container: Container): Container {
  const { limits, requests } = container.resources ?? {};
  return {
    ...withEphemeralDefaults(container),
    resources: { ...container.resources, ...(limits && { requests: { ...limits, ...requests } }) },
  };
}

/** An ephemeral container has no resources of its own. */
export function withEphemeralDefaults(container: Container): Container {
  const latest = !/:[^/]+$/.test(container.image) || container.image.endsWith(':latest');
  const defaults = {
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: latest ? 'Always' : 'IfNotPresent',
  } as const;
  return { ...defaults, ...container };
}

function qosClassOf({ initContainers = [], containers }: PodSpec): string {
  const all = [...initContainers, ...containers].map(({ resources = {} }) => resources);
  if (all.every(({ limits, requests }) => !limits && !requests)) return 'BestEffort';
  return all.every(isGuaranteed) ? 'Guaranteed' : 'Burstable';
}

function isGuaranteed({ limits = {}, requests = {} }: Resources): boolean {
  return ['cpu', 'memory'].every((kind) => limits[kind] !== undefined && limits[kind] === requests[kind]);
}
