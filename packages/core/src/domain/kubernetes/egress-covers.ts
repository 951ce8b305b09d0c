import { cidrContains } from './cidr.js';
import type { Egress, EgressCidr, EgressHost } from './egress.js';

function hostCovers(allowed: string, wanted: string): boolean {
  if (allowed === '*' || allowed === wanted) return true;
  return allowed.startsWith('*.') && wanted.replace(/^[^.]+/, '*') === allowed;
}

function portsCovered(wanted: readonly number[], covering: readonly { readonly ports: readonly number[] }[]): boolean {
  return wanted.every((port) => covering.some(({ ports }) => ports.includes(port)));
}

/** Whether each port of the name is allowed, by one entry or by several. */
export function coversHost({ hosts }: Egress, { host, ports }: EgressHost): boolean {
  return portsCovered(
    ports,
    hosts.filter((allowed) => hostCovers(allowed.host, host)),
  );
}

/** Whether each port of the network is allowed, by one entry or by several. */
export function coversCidr({ cidrs }: Egress, { cidr, ports }: EgressCidr): boolean {
  return portsCovered(
    ports,
    cidrs.filter((allowed) => cidrContains(allowed.cidr, cidr)),
  );
}
