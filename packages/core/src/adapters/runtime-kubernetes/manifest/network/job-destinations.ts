import type { JobSpec } from '../../../../services/ports/job-runtime.js';
import { toDestination, type Destination, type Namespaces } from './destination.js';
import { repositoryServer } from './repository-server.js';

/** What of a job decides where it may connect to. */
export type NetworkedJob = Pick<JobSpec, 'jobId' | 'pipelineName' | 'team' | 'source' | 'pod'> & {
  readonly connection: Pick<JobSpec['connection'], 'rpcUrl' | 'grpcAddress'>;
};

const nameLabel = 'app.kubernetes.io/name';
const registryPort = 5000;

/** Its pods listen on the ports of its service. */
function masterAt(host: string, port: number, namespaces: Namespaces): Destination {
  const destination = toDestination(host, [port], namespaces);
  return destination.kind === 'pods'
    ? { ...destination, labels: { [nameLabel]: 'danube' }, ports: [port] }
    : destination;
}

/** The control plane, over both transports. */
export function masterDestinations(job: NetworkedJob, namespaces: Namespaces): readonly Destination[] {
  const { rpcUrl, grpcAddress } = job.connection;
  // a job of a master without gRPC has no such address
  const addresses = [rpcUrl, ...(grpcAddress === '' ? [] : [`http://${grpcAddress}`])];
  return addresses.map((address) => {
    const { hostname, port, protocol } = new URL(address);
    return masterAt(hostname, Number(port || (protocol === 'https:' ? 443 : 80)), namespaces);
  });
}

/** Everything else: the repository, the registry in the cluster, what the configuration allows. */
export function otherDestinations(job: NetworkedJob, namespaces: Namespaces): readonly Destination[] {
  const repository = repositoryServer(job.source.repositoryUrl);
  const { hosts, cidrs } = job.pod.egress;
  return [
    ...(repository === undefined ? [] : [toDestination(repository.host, [repository.port], namespaces)]),
    {
      kind: 'pods',
      namespace: namespaces.systemNamespace,
      labels: { [nameLabel]: 'registry' },
      ports: [registryPort],
    },
    ...hosts.map(({ host, ports }) => toDestination(host, ports, namespaces)),
    ...cidrs.map(({ cidr, ports }) => ({ kind: 'network', cidr, ports }) as const),
  ];
}

/** Names outside of the cluster that the job may connect to, for a caller that can look up their addresses. */
export function namesToResolve(job: NetworkedJob, namespaces: Namespaces): readonly string[] {
  if (job.pod.egress.allowAll) return [];
  const all = [...masterDestinations(job, namespaces), ...otherDestinations(job, namespaces)];
  const names = all.flatMap((one) => (one.kind === 'name' && !one.host.includes('*') ? [one.host] : []));
  return [...new Set(names)];
}
