import type { Destination } from './destination.js';
import { dnsCache, dnsPods, dnsPort, everywhere, metadataNetworks } from './networks.js';

type Rule = Readonly<Record<string, unknown>>;

const namespaceLabel = 'k8s:io.kubernetes.pod.namespace';

function toPorts(ports: readonly number[] | undefined): Rule {
  if (ports === undefined) return {};
  return { toPorts: [{ ports: ports.map((port) => ({ port: String(port), protocol: 'TCP' })) }] };
}

function pods(namespace: string, labels: Readonly<Record<string, string>> = {}): Rule {
  return { matchLabels: { [namespaceLabel]: namespace, ...labels } };
}

/** Cilium knows names by the answers that pass this rule. */
const dnsRules: readonly Rule[] = [
  { toEndpoints: dnsPods.names.map((name) => pods(dnsPods.namespace, { [dnsPods.labelKey]: name })) },
  { toCIDR: [dnsCache] },
].map((to) => ({
  ...to,
  toPorts: [{ ports: [{ port: String(dnsPort), protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }],
}));

function ruleFor(destination: Destination): Rule {
  switch (destination.kind) {
    case 'pods':
      return { toEndpoints: [pods(destination.namespace, destination.labels)], ...toPorts(destination.ports) };
    case 'name': {
      const { host, ports } = destination;
      return { toFQDNs: [host.includes('*') ? { matchPattern: host } : { matchName: host }], ...toPorts(ports) };
    }
    case 'network':
      return { toCIDR: [destination.cidr], ...toPorts(destination.ports) };
  }
}

/** Neither names nor networks match the nodes of the cluster, and a master outside of it may run on one of them. */
function nodeRules(master: readonly Destination[]): readonly Rule[] {
  const ports = master.flatMap((one) => (one.kind === 'pods' ? [] : one.ports));
  return ports.length === 0 ? [] : [{ toEntities: ['host', 'remote-node'], ...toPorts([...new Set(ports)]) }];
}

const everythingRules: readonly Rule[] = [
  { toEntities: ['cluster'] },
  {
    toCIDRSet: [
      { cidr: everywhere.ipv4, except: metadataNetworks.ipv4 },
      { cidr: everywhere.ipv6, except: metadataNetworks.ipv6 },
    ],
  },
];

/** Egress rules of a CiliumNetworkPolicy. */
export function ciliumRules(
  master: readonly Destination[],
  others: readonly Destination[],
  allowAll: boolean,
): readonly Rule[] {
  if (allowAll) return [...dnsRules, ...everythingRules];
  return [...dnsRules, ...[...master, ...others].map(ruleFor), ...nodeRules(master)];
}
