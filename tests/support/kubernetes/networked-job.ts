import type { NetworkedJob } from '@danube/core/adapters/runtime-kubernetes/manifest/network/job-destinations.js';
import {
  networkPolicy,
  type NetworkSettings,
} from '@danube/core/adapters/runtime-kubernetes/manifest/network/network-policy.js';
import type { Egress } from '@danube/core/domain/kubernetes/egress.js';
import { sampleJobSpec } from '../job-spec-sample.js';

export const plain: NetworkSettings = {
  namespace: 'danube-jobs',
  systemNamespace: 'danube-system',
  instanceId: 'ci',
  cilium: false,
  resolved: {},
};
export const cilium: NetworkSettings = { ...plain, cilium: true };

export interface Wish extends Partial<Egress> {
  readonly allowAll?: boolean;
  readonly repository?: string;
  readonly rpcUrl?: string;
  readonly grpcAddress?: string;
}

export function jobWith({
  repository = '/srv/web',
  rpcUrl,
  grpcAddress,
  allowAll = false,
  hosts = [],
  cidrs = [],
}: Wish): NetworkedJob {
  const sample = sampleJobSpec();
  return {
    ...sample,
    source: { ...sample.source, repositoryUrl: repository },
    connection: {
      ...sample.connection,
      ...(rpcUrl === undefined ? {} : { rpcUrl }),
      ...(grpcAddress === undefined ? {} : { grpcAddress }),
    },
    pod: { ...sample.pod, egress: { allowAll, hosts, cidrs } },
  };
}

/** The egress rules that come after DNS, the master and the registry of the cluster. */
export function egress(wish: Wish, settings: NetworkSettings): readonly unknown[] {
  return networkPolicy(jobWith(wish), settings).policy.spec['egress'] as unknown[];
}

export const without = (rules: readonly unknown[], usual: readonly unknown[]) => {
  const known = usual.map((rule) => JSON.stringify(rule));
  return rules.filter((rule) => !known.includes(JSON.stringify(rule)));
};
