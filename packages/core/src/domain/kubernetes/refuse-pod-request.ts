import type { KubernetesSettings } from './kubernetes-settings.js';
import type { PodRequest } from './pod-request.js';
import { refuseEgress } from './refuse-egress.js';
import { refusePlacement } from './refuse-placement.js';
import { refuseQuantity, refuseResources } from './refuse-resources.js';
import { refuseNames, type Refusal } from './refusal.js';

/** What a pipeline asks of its pods beyond what the instance's settings allow; empty where all of it is allowed. */
export function refusePodRequest(request: PodRequest, settings: KubernetesSettings): readonly Refusal[] {
  const { serviceAccount } = request;
  return [
    ...refuseResources(request.resources, settings.maxResources, ['resources']),
    ...refuseQuantity(['workspace_size'], request.workspaceSize, settings.maxWorkspaceSize, 'max_workspace_size'),
    ...refusePlacement(request, settings),
    ...refuseNames(
      'image pull secret',
      request.imagePullSecrets,
      settings.allowedImagePullSecrets,
      (index) => ['image_pull_secrets', index],
      'allowed_image_pull_secrets',
    ),
    ...refuseNames(
      'service account',
      serviceAccount === undefined ? [] : [serviceAccount],
      settings.allowedServiceAccounts,
      () => ['service_account'],
      'allowed_service_accounts',
    ),
    ...refuseNames(
      'capability',
      request.capabilities,
      settings.allowedCapabilities,
      (index) => ['capabilities', index],
      'allowed_capabilities',
    ),
    ...refuseEgress(request.egress, settings),
  ];
}

/** What contradicts itself in the settings. */
export function refuseKubernetesSettings(settings: KubernetesSettings): readonly Refusal[] {
  return [
    ...refuseResources(settings.defaultResources, {}, ['default_resources']),
    ...refuseResources(settings.coordinatorResources, {}, ['coordinator_resources']),
  ];
}
