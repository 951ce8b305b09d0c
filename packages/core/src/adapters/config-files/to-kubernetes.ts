import { parseEgressCidr, parseEgressHost } from '../../domain/kubernetes/egress-entry.js';
import { defaultEgressPorts, type Egress } from '../../domain/kubernetes/egress.js';
import { defaultKubernetesSettings, type KubernetesSettings } from '../../domain/kubernetes/kubernetes-settings.js';
import type { PodRequest } from '../../domain/kubernetes/pod-request.js';
import type { ResourceName } from '../../domain/kubernetes/resources.js';
import { parseDuration } from '../../domain/time/duration.js';
import type { EgressYaml } from './schemas/kubernetes-common.js';
import type { KubernetesSettingsYaml } from './schemas/kubernetes-settings-spec.js';
import type { PodRequestYaml } from './schemas/pod-request-spec.js';

type PerResourceYaml<T> = { readonly cpu?: T; readonly memory?: T; readonly ephemeral_storage?: T };

function toPerResource<T>({ cpu, memory, ephemeral_storage }: PerResourceYaml<T>): Partial<Record<ResourceName, T>> {
  return {
    ...(cpu === undefined ? {} : { cpu }),
    ...(memory === undefined ? {} : { memory }),
    ...(ephemeral_storage === undefined ? {} : { ephemeralStorage: ephemeral_storage }),
  };
}

function toEgress({ hosts = [], cidrs = [], ports = defaultEgressPorts }: EgressYaml): Egress {
  return {
    hosts: hosts.map((entry) => parseEgressHost(entry, ports)),
    cidrs: cidrs.map((entry) => parseEgressCidr(entry, ports)),
  };
}

export function toPodRequest(spec: PodRequestYaml): PodRequest {
  return {
    resources: toPerResource(spec.resources ?? {}),
    workspaceSize: spec.workspace_size,
    nodeSelector: spec.node_selector ?? {},
    tolerations: spec.tolerations ?? [],
    imagePullSecrets: spec.image_pull_secrets ?? [],
    serviceAccount: spec.service_account,
    capabilities: spec.capabilities ?? [],
    egress: toEgress(spec.egress ?? {}),
  };
}

/** A kind of resource that is not mentioned keeps its default. */
export function toKubernetesSettings(spec: KubernetesSettingsYaml): KubernetesSettings {
  const standard = defaultKubernetesSettings;
  const milliseconds = (text: string | undefined, usual: number) => parseDuration(text ?? '') ?? usual;
  return {
    defaultImage: spec.default_image ?? standard.defaultImage,
    defaultResources: { ...standard.defaultResources, ...toPerResource(spec.default_resources ?? {}) },
    coordinatorResources: { ...standard.coordinatorResources, ...toPerResource(spec.coordinator_resources ?? {}) },
    maxResources: { ...standard.maxResources, ...toPerResource(spec.max_resources ?? {}) },
    maxWorkspaceSize: spec.max_workspace_size ?? standard.maxWorkspaceSize,
    allowedServiceAccounts: spec.allowed_service_accounts ?? [],
    allowedImagePullSecrets: spec.allowed_image_pull_secrets ?? [],
    allowedNodeSelectors: spec.allowed_node_selectors ?? {},
    allowedTolerations: spec.allowed_tolerations ?? [],
    allowedCapabilities: spec.allowed_capabilities ?? [],
    egress: { ...toEgress(spec.egress ?? {}), allowAll: spec.egress?.allow_all ?? false },
    allowedEgress: toEgress(spec.allowed_egress ?? {}),
    imagePullTimeoutMs: milliseconds(spec.image_pull_timeout, standard.imagePullTimeoutMs),
    scheduleTimeoutMs: milliseconds(spec.schedule_timeout, standard.scheduleTimeoutMs),
    keepFailedForMs: milliseconds(spec.keep_failed_for, standard.keepFailedForMs),
  };
}
