import type { Egress } from './egress.js';
import type { KubernetesSettings } from './kubernetes-settings.js';
import type { PodRequest } from './pod-request.js';
import { compareQuantities } from './quantity.js';
import { resourceNames, type ResourceAmount, type ResourceName, type Resources } from './resources.js';

/** What a job's pod is like: the pipeline's wishes with the instance's settings filled in. */
export interface PodOptions extends Omit<PodRequest, 'workspaceSize' | 'egress'> {
  /** Of the worker. */
  readonly image: string;
  readonly coordinatorResources: Resources;
  readonly workspaceSize: string;
  readonly egress: Egress & { readonly allowAll: boolean };
  /** How long an image may fail to be pulled. */
  readonly imagePullTimeoutMs: number;
  /** How long no node may be found. */
  readonly scheduleTimeoutMs: number;
  readonly keepFailedForMs: number;
}

export const defaultWorkspaceSize = '10Gi';

const nothing: PodRequest = {
  resources: {},
  workspaceSize: undefined,
  nodeSelector: {},
  tolerations: [],
  imagePullSecrets: [],
  serviceAccount: undefined,
  capabilities: [],
  egress: { hosts: [], cidrs: [] },
};

function smaller(one: string, other: string): string {
  return compareQuantities(one, other) <= 0 ? one : other;
}

/** Nothing said is no way around a maximum. */
function capped(limit: string | undefined, maximum: string | undefined): string | undefined {
  return limit === undefined || maximum === undefined ? (limit ?? maximum) : smaller(limit, maximum);
}

/** Kubernetes refuses a request above the limit, which a wish and a default together may make. */
function amount(wish: ResourceAmount, standard: ResourceAmount, maximum: string | undefined): ResourceAmount {
  const usual = capped(standard.limit, maximum);
  const raised = usual !== undefined && wish.request !== undefined && compareQuantities(wish.request, usual) > 0;
  const limit = wish.limit ?? (raised ? wish.request : usual);
  const request = wish.request ?? standard.request;
  return { request: request === undefined || limit === undefined ? request : smaller(request, limit), limit };
}

function resolve(wish: Resources, { defaultResources, maxResources }: KubernetesSettings): Resources {
  const one = (name: ResourceName) => amount(wish[name] ?? {}, defaultResources[name] ?? {}, maxResources[name]);
  return Object.fromEntries(resourceNames.map((name) => [name, one(name)]));
}

/**
 * The pod of a pipeline's jobs. The wishes were compared with the settings when the configuration came into force, see
 * find-refused-requests.ts.
 */
export function podOptions(
  pipeline: { readonly image: string | undefined; readonly kubernetes: PodRequest | undefined },
  settings: KubernetesSettings,
): PodOptions {
  const wish = pipeline.kubernetes ?? nothing;
  return {
    ...wish,
    image: pipeline.image ?? settings.defaultImage,
    resources: resolve(wish.resources, settings),
    coordinatorResources: settings.coordinatorResources,
    workspaceSize: wish.workspaceSize ?? smaller(defaultWorkspaceSize, settings.maxWorkspaceSize),
    egress: {
      allowAll: settings.egress.allowAll,
      hosts: [...settings.egress.hosts, ...wish.egress.hosts],
      cidrs: [...settings.egress.cidrs, ...wish.egress.cidrs],
    },
    imagePullTimeoutMs: settings.imagePullTimeoutMs,
    scheduleTimeoutMs: settings.scheduleTimeoutMs,
    keepFailedForMs: settings.keepFailedForMs,
  };
}
