import type { Egress } from './egress.js';
import { coversCidr, coversHost } from './egress-covers.js';
import type { KubernetesSettings } from './kubernetes-settings.js';
import { type Refusal, allowedBy } from './refusal.js';

function show(target: string, ports: readonly number[]): string {
  return `${target} on port ${ports.join(', ')}`;
}

/** Where connections may not lead. What every job may reach needs no asking. */
export function refuseEgress(
  { hosts, cidrs }: Egress,
  { egress, allowedEgress }: KubernetesSettings,
): readonly Refusal[] {
  if (egress.allowAll) return [];
  const allowed = {
    hosts: [...egress.hosts, ...allowedEgress.hosts],
    cidrs: [...egress.cidrs, ...allowedEgress.cidrs],
  };
  const refuse = (kind: 'hosts' | 'cidrs', index: number, wanted: string, shown: readonly string[]): Refusal => ({
    path: ['egress', kind, index],
    message: `connections to ${wanted} are not allowed`,
    suggestion: allowedBy(`allowed_egress.${kind}`, shown),
  });
  const shownHosts = allowed.hosts.map(({ host, ports }) => show(host, ports));
  const shownCidrs = allowed.cidrs.map(({ cidr, ports }) => show(cidr, ports));
  return [
    ...hosts.flatMap((one, index) =>
      coversHost(allowed, one) ? [] : [refuse('hosts', index, show(one.host, one.ports), shownHosts)],
    ),
    ...cidrs.flatMap((one, index) =>
      coversCidr(allowed, one) ? [] : [refuse('cidrs', index, show(one.cidr, one.ports), shownCidrs)],
    ),
  ];
}
