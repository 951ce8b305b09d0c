import { isAddress, isCidr } from './cidr.js';
import type { EgressCidr, EgressHost } from './egress.js';

const label = '[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?';
const hostPattern = new RegExp(`^(\\*|(\\*\\.)?${label}(\\.${label})*)$`);

type Parts = readonly [target: string, port: string | undefined];

function splitHost(entry: string): Parts {
  const [, host = entry, port] = /^([^:]*):([0-9]*)$/.exec(entry) ?? [];
  return [host, port];
}

/** The colons of an IPv6 address come before the slash. */
function splitCidr(entry: string): Parts {
  const [, cidr = entry, port] = /^([^/]*\/[^:]*):(.*)$/.exec(entry) ?? [];
  return [cidr, port];
}

function portsOf(port: string | undefined, usual: readonly number[]): readonly number[] {
  return port === undefined ? usual : [Number(port)];
}

function portProblem(port: string | undefined): string | undefined {
  if (port === undefined || (/^[1-9][0-9]{0,4}$/.test(port) && Number(port) <= 65_535)) return undefined;
  return 'the port must be a number from 1 to 65535';
}

/** What is wrong with an entry of `hosts`; undefined where it is accepted. */
export function egressHostProblem(entry: string): string | undefined {
  const [host, port] = splitHost(entry);
  if (isAddress(host) || isCidr(host)) return 'an address belongs among the cidrs, for example 10.1.2.3/32';
  if (host.length > 253 || !hostPattern.test(host)) {
    return 'a name in lower case is expected, for example pypi.org, *.example.com or db.example.com:5432';
  }
  return portProblem(port);
}

/** What is wrong with an entry of `cidrs`; undefined where it is accepted. */
export function egressCidrProblem(entry: string): string | undefined {
  const [cidr, port] = splitCidr(entry);
  if (!isCidr(cidr)) return 'a network is expected, for example 10.1.0.0/16, 10.1.2.3/32:5432 or fd00::/8';
  return portProblem(port);
}

/** An entry without problems; `usual` are the ports of one that names none. */
export function parseEgressHost(entry: string, usual: readonly number[]): EgressHost {
  const [host, port] = splitHost(entry);
  return { host, ports: portsOf(port, usual) };
}

/** An entry without problems; `usual` are the ports of one that names none. */
export function parseEgressCidr(entry: string, usual: readonly number[]): EgressCidr {
  const [cidr, port] = splitCidr(entry);
  return { cidr, ports: portsOf(port, usual) };
}
