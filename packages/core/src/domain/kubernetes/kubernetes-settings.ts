import { type Egress, noEgress } from './egress.js';
import type { Toleration } from './pod-request.js';
import type { ResourceMaximums, Resources } from './resources.js';

/** What the instance's settings say about pods, and what pipelines may ask for. */
export interface KubernetesSettings {
  /** Image of the worker where a pipeline names none. */
  readonly defaultImage: string;
  readonly defaultResources: Resources;
  readonly coordinatorResources: Resources;
  readonly maxResources: ResourceMaximums;
  readonly maxWorkspaceSize: string;
  readonly allowedServiceAccounts: readonly string[];
  readonly allowedImagePullSecrets: readonly string[];
  /** Values by key. */
  readonly allowedNodeSelectors: Readonly<Record<string, readonly string[]>>;
  readonly allowedTolerations: readonly Toleration[];
  readonly allowedCapabilities: readonly string[];
  /** What every job may reach. */
  readonly egress: Egress & { readonly allowAll: boolean };
  /** What a pipeline may add for its own jobs. */
  readonly allowedEgress: Egress;
  readonly imagePullTimeoutMs: number;
  readonly scheduleTimeoutMs: number;
  /** How long the pod of a failed job is kept; 0: not at all. */
  readonly keepFailedForMs: number;
}

export const defaultKubernetesSettings: KubernetesSettings = {
  defaultImage: 'docker.io/library/python:3.12-slim',
  defaultResources: { cpu: { request: '100m' }, memory: { request: '128Mi', limit: '2Gi' } },
  coordinatorResources: {
    cpu: { request: '20m', limit: '1' },
    memory: { request: '48Mi', limit: '512Mi' },
    ephemeralStorage: { limit: '1Gi' },
  },
  maxResources: { cpu: '4', memory: '8Gi', ephemeralStorage: '40Gi' },
  maxWorkspaceSize: '20Gi',
  allowedServiceAccounts: [],
  allowedImagePullSecrets: [],
  allowedNodeSelectors: {},
  allowedTolerations: [],
  allowedCapabilities: [],
  egress: { ...noEgress, allowAll: false },
  allowedEgress: noEgress,
  imagePullTimeoutMs: 120_000,
  scheduleTimeoutMs: 300_000,
  keepFailedForMs: 0,
};
