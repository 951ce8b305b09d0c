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
import { withServiceAccountToken } from './service-account-token.js';
import { apiVersionOf, type Resource } from './resources.js';

interface Manifest {
  readonly metadata: Partial<ObjectMeta> & { readonly name: string };
  readonly spec?: unknown;
}

/** The object that a server makes of a manifest. */
export function withDefaults(resource: Resource, manifest: Manifest, namespace: string): KubernetesObject {
  const object: KubernetesObject = {
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
    metadata: {
      ...manifest.metadata,
      ...(resource.namespaced && { namespace }),
      uid: randomUUID(),
      resourceVersion: '',
      ...(resource.kind !== 'Namespace' && { generation: 1 }),
      creationTimestamp: timestamp(),
    },
    ...(manifest.spec !== undefined && { spec: manifest.spec }),
  };
  if (resource.kind === 'Namespace')
    return { ...object, spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } };
  return resource.kind === 'Pod' ? podWithDefaults(object as Pod) : object;
}

const unavailableNodes = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

function podWithDefaults(pod: Pod): Pod {
  const { spec } = pod;
  const { serviceAccountName = 'default' } = spec;
  const tolerate = (key: string) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 });
  const defaults = {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName,
    serviceAccount: serviceAccountName,
    securityContext: {},
    schedulerName: 'default-scheduler',
    priority: 0,
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
  } as const;
  const defaulted: PodSpec = {
    ...defaults,
    ...spec,
    tolerations: [...(spec.tolerations ?? []), ...unavailableNodes.map(tolerate)],
    ...(spec.initContainers && { initContainers: spec.initContainers.map(withContainerDefaults) }),
    containers: spec.containers.map(withContainerDefaults),
  };
  return {
    ...pod,
    spec: withServiceAccountToken(defaulted),
    status: { phase: 'Pending', qosClass: qosClassOf(defaulted) },
  };
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
