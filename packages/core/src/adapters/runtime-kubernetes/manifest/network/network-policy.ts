import type { Policy } from '../../api/policies.js';
import { jobMetadata, type PodHome } from '../pod-metadata.js';
import { labels } from '../../pod-layout.js';
import { ciliumRules } from './cilium-rules.js';
import { masterDestinations, otherDestinations, type NetworkedJob } from './job-destinations.js';
import { plainNotEnforced, plainRules } from './plain-rules.js';

export interface NetworkSettings extends PodHome {
  readonly systemNamespace: string;
  /** Whether the cluster enforces CiliumNetworkPolicies. */
  readonly cilium: boolean;
  /**
   * Networks of names that lead to private addresses, by name; of those that `namesToResolve` gives. Only a NetworkPolicy
   * needs them.
   */
  readonly resolved: Readonly<Record<string, readonly string[]>>;
}

export interface NetworkRestriction {
  readonly policy: Policy;
  /** Where the policy allows more than the configuration does, in words. */
  readonly notEnforced: readonly string[];
}

/**
 * Nothing reaches the pod of the job, and the pod reaches DNS, its master, its repository, the registry of the cluster and
 * what the configuration allows.
 */
export function networkPolicy(job: NetworkedJob, settings: NetworkSettings): NetworkRestriction {
  const { allowAll } = job.pod.egress;
  const master = masterDestinations(job, settings);
  const others = otherDestinations(job, settings);
  const metadata = jobMetadata(job, settings);
  const selector = { matchLabels: { [labels.job]: metadata.labels[labels.job] } };
  if (settings.cilium) {
    const egress = ciliumRules(master, others, allowAll);
    // one empty rule matches nothing, whereas no rule at all would leave everything open
    const spec = { endpointSelector: selector, ingress: [{}], egress };
    return { policy: { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata, spec }, notEnforced: [] };
  }
  const destinations = [...master, ...others];
  const egress = plainRules(destinations, settings.resolved, allowAll);
  const spec = { podSelector: selector, policyTypes: ['Ingress', 'Egress'], ingress: [], egress };
  return {
    policy: { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec },
    notEnforced: allowAll ? [] : plainNotEnforced(destinations, settings.resolved),
  };
}
