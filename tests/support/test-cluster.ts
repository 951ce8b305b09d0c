import { createConnection } from 'node:net';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { podUser } from '@danube/core/adapters/runtime-kubernetes/pod-layout.js';
import { StandInCluster, type StandInOptions } from './kubernetes/stand-in-cluster.js';

/** A cluster to run jobs in: the one that `DANUBE_E2E_KUBECONFIG` names, else one that this machine plays. */
export interface TestCluster {
  readonly kubeconfig: string;
  readonly coordinatorImage: string;
  /** Has a shell, the usual tools and python3. */
  readonly workerImage: string;
  /** Another one with a shell. */
  readonly stepImage: string;
  /** Has no shell. */
  readonly emptyImage: string;
  /** How pods reach servers of this machine; undefined: as anybody here does. */
  readonly host: string | undefined;
  /** Absent on a real cluster. */
  readonly standIn: StandInCluster | undefined;
  stop(): Promise<void>;
}

const sdk = fileURLToPath(new URL('../../sdk/src', import.meta.url));
const jobsNamespace = 'danube-jobs';

/** What images of the played cluster hold; `DANUBE_E2E_IMAGE` is both images of a real one. */
export const standInImages = {
  'danube.test/coordinator:1': 'host',
  'danube.test/worker:1': 'host',
  'danube.test/busybox:1': 'busybox',
  'danube.test/empty:1': 'no-shell',
} as const;

export const isRealCluster = process.env['DANUBE_E2E_KUBECONFIG'] !== undefined;

export async function openTestCluster(options: StandInOptions = {}): Promise<TestCluster> {
  const { DANUBE_E2E_KUBECONFIG: kubeconfig, DANUBE_E2E_IMAGE: image, DANUBE_E2E_HOST: host } = process.env;
  if (kubeconfig !== undefined) {
    if (image === undefined)
      throw new Error('DANUBE_E2E_IMAGE is missing: the coordinator image in a registry of the cluster');
    const address = host ?? (await addressTowards(kubeconfig));
    const images = {
      coordinatorImage: image,
      workerImage: process.env['DANUBE_E2E_WORKER_IMAGE'] ?? image,
      stepImage: image,
      // what every cluster runs beside each pod
      emptyImage: process.env['DANUBE_E2E_EMPTY_IMAGE'] ?? 'registry.k8s.io/pause:3.10',
    };
    return { kubeconfig, ...images, host: address, standIn: undefined, stop: () => Promise.resolve() };
  }
  const standIn = await StandInCluster.start({
    images: standInImages,
    extraMounts: { '/opt/danube/sdk': sdk },
    users: [{ name: 'danube', uid: podUser, home: '/home/danube' }],
    namespaces: [jobsNamespace, 'danube-system'],
    ...options,
  });
  return {
    kubeconfig: standIn.kubeconfig,
    coordinatorImage: 'danube.test/coordinator:1',
    workerImage: 'danube.test/worker:1',
    stepImage: 'danube.test/busybox:1',
    emptyImage: 'danube.test/empty:1',
    host: undefined,
    standIn,
    stop: () => standIn.stop(),
  };
}

/** This machine's address on the way to the cluster's API server. */
async function addressTowards(kubeconfig: string): Promise<string> {
  const server = /^\s*server:\s*(\S+)/m.exec(readFileSync(kubeconfig, 'utf8'))?.[1] ?? '';
  const { hostname, port } = new URL(server);
  const socket = createConnection({ host: hostname, port: Number(port || 443) });
  try {
    await once(socket, 'connect');
    const { localAddress = '127.0.0.1' } = socket;
    const outward = localAddress.startsWith('127.') ? outwardAddress() : localAddress;
    if (outward === undefined) throw new Error('set DANUBE_E2E_HOST to the address by which pods reach this machine');
    return outward;
  } finally {
    socket.destroy();
  }
}

/** For a cluster of this very machine: pods cannot use its loopback address. */
function outwardAddress(): string | undefined {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
}
