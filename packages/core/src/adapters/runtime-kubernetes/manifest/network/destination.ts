import { cidrOfAddress, isAddress } from '../../../../domain/kubernetes/cidr.js';

/** Somewhere that a job may connect to, over TCP. */
export type Destination =
  | {
      readonly kind: 'pods';
      readonly namespace: string;
      /** Undefined: all of the namespace. */
      readonly labels: Readonly<Record<string, string>> | undefined;
      /** Those that the pods listen on, which need not be those of their service; undefined: all. */
      readonly ports: readonly number[] | undefined;
    }
  | {
      readonly kind: 'name';
      /** `*` stands for what it does in the configuration. */
      readonly host: string;
      readonly ports: readonly number[];
    }
  | { readonly kind: 'network'; readonly cidr: string; readonly ports: readonly number[] };

export interface Namespaces {
  /** Of the jobs. */
  readonly namespace: string;
  readonly systemNamespace: string;
}

/** The namespace of a name that is a service of the cluster: `git`, `git.tools.svc`, `registry.danube-system`. */
export function serviceNamespace(host: string, { namespace, systemNamespace }: Namespaces): string | undefined {
  const [, second, third] = host.split('.');
  if (second === undefined) return host === '*' ? undefined : namespace;
  if (third === 'svc' || (second === systemNamespace && third === undefined)) return second;
  return undefined;
}

/** A host of a URL or of the configuration as what a policy can say about it. */
export function toDestination(host: string, ports: readonly number[], namespaces: Namespaces): Destination {
  const bare = host
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase();
  if (isAddress(bare)) return { kind: 'network', cidr: cidrOfAddress(bare), ports };
  const service = serviceNamespace(bare, namespaces);
  if (service === undefined) return { kind: 'name', host: bare, ports };
  return { kind: 'pods', namespace: service, labels: undefined, ports: undefined };
}
