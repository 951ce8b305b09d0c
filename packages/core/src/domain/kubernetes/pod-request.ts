import type { Egress } from './egress.js';
import type { Resources } from './resources.js';

/** What a pod may put up with on a node. */
export interface Toleration {
  readonly key: string;
  /** Undefined: whatever the taint's value is. */
  readonly value?: string | undefined;
  /** Undefined: whatever the taint's effect is. */
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute' | undefined;
}

/** What a pipeline asks for its pods; the instance's settings say whether it may. */
export interface PodRequest {
  /** Of the worker, where steps run. */
  readonly resources: Resources;
  readonly workspaceSize: string | undefined;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  readonly imagePullSecrets: readonly string[];
  readonly serviceAccount: string | undefined;
  /** Linux capabilities of the worker, without `CAP_`. */
  readonly capabilities: readonly string[];
  /** Beyond what every job of the instance may reach. */
  readonly egress: Egress;
}
