import type { V1NetworkPolicyEgressRule, V1NetworkPolicyPeer, V1NetworkPolicyPort } from '@kubernetes/client-node';
import type { Destination } from './destination.js';
import { dnsCache, dnsPods, dnsPort, everywhere, metadataNetworks, privateNetworks } from './networks.js';

const namespaceLabel = 'kubernetes.io/metadata.name';

function tcp(ports: readonly number[]): V1NetworkPolicyPort[] {
  return ports.map((port) => ({ protocol: 'TCP', port }));
}

function pods(namespace: string, labels: Readonly<Record<string, string>> = {}): V1NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { [namespaceLabel]: namespace } }, podSelector: { matchLabels: labels } };
}

const dnsRule: V1NetworkPolicyEgressRule = {
  to: [
    ...dnsPods.names.map((name) => pods(dnsPods.namespace, { [dnsPods.labelKey]: name })),
    { ipBlock: { cidr: dnsCache } },
  ],
  ports: [
    { protocol: 'UDP', port: dnsPort },
    { protocol: 'TCP', port: dnsPort },
  ],
};

function everywhereBut(networks: { readonly ipv4: readonly string[]; readonly ipv6: readonly string[] }) {
  return (['ipv4', 'ipv6'] as const).map((version) => ({
    ipBlock: { cidr: everywhere[version], except: [...networks[version]] },
  }));
}

/** Its peers are of the public internet where the addresses of a name are not known to be private. */
function ruleFor(destination: Destination, resolved: Readonly<Record<string, readonly string[]>>) {
  switch (destination.kind) {
    case 'pods': {
      const { namespace, labels, ports } = destination;
      return { to: [pods(namespace, labels)], ...(ports === undefined ? {} : { ports: tcp(ports) }) };
    }
    case 'name': {
      const cidrs = resolved[destination.host] ?? [];
      // no peers at all would mean every peer
      const to = cidrs.length === 0 ? everywhereBut(privateNetworks) : cidrs.map((cidr) => ({ ipBlock: { cidr } }));
      return { to, ports: tcp(destination.ports) };
    }
    case 'network':
      return { to: [{ ipBlock: { cidr: destination.cidr } }], ports: tcp(destination.ports) };
  }
}

/** Egress rules of a NetworkPolicy, which knows no names. `resolved`: networks of the names that are private ones. */
export function plainRules(
  destinations: readonly Destination[],
  resolved: Readonly<Record<string, readonly string[]>>,
  allowAll: boolean,
): V1NetworkPolicyEgressRule[] {
  if (allowAll) return [dnsRule, { to: [{ namespaceSelector: {} }, ...everywhereBut(metadataNetworks)] }];
  return [dnsRule, ...destinations.map((destination) => ruleFor(destination, resolved))];
}

/** What is therefore allowed beyond what was asked for, in words. */
export function plainNotEnforced(
  destinations: readonly Destination[],
  resolved: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  const names = destinations.flatMap((one) =>
    one.kind === 'name' && (resolved[one.host] ?? []).length === 0 ? [one] : [],
  );
  if (names.length === 0) return [];
  const hosts = [...new Set(names.map(({ host }) => host))].join(', ');
  const ports = [...new Set(names.flatMap(({ ports }) => ports))].sort((a, b) => a - b).join(', ');
  return [
    `the cluster has no Cilium, and a NetworkPolicy knows no names: instead of ${hosts} only, the job may reach every ` +
      `public address on port ${ports}`,
  ];
}
