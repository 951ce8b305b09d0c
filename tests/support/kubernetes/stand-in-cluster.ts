import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiServer, type RecordedCall } from './api/api-server.js';
import type { RulesByNamespace } from './api/access-rules.js';
import { ClusterApi } from './api/cluster-api.js';
import { makeCertificates, makeToken, writeKubeconfig } from './api/credentials.js';
import { withDefaults } from './api/defaults.js';
import { ExecServer } from './api/exec-server.js';
import { ObjectStore } from './api/object-store.js';
import { ObjectsApi } from './api/objects-api.js';
import { namespaces, servedResources } from './api/resources.js';
import { Watches } from './api/watches.js';
import { ClusterFaults } from './cluster-faults.js';
import { Images, type ImageKind, type ImageUser } from './container/images.js';
import { FaultyAnswers } from './faulty-answers.js';
import { ClusterNode } from './node/node.js';
import type { NodeCapacity } from './node/scheduler.js';

export interface StandInOptions {
  /** What is behind the names of images; other names are images that do not exist. */
  readonly images?: Readonly<Record<string, ImageKind>>;
  /** Folders of this machine, by their path in containers of images of the kind `host`; read-only there. */
  readonly extraMounts?: Readonly<Record<string, string>>;
  /** Accounts that images of the kind `host` know beside this machine's. */
  readonly users?: readonly ImageUser[];
  /** Namespaces beside `default`. */
  readonly namespaces?: readonly string[];
  /** Who the token belongs to. */
  readonly user?: string;
  /** What the user may do; everything, if not given. */
  readonly rules?: RulesByNamespace;
  /** Whether CiliumNetworkPolicy is installed. */
  readonly cilium?: boolean;
  readonly capacity?: NodeCapacity;
  readonly nodeLabels?: Readonly<Record<string, string>>;
  /** How often watches get a bookmark when something has changed; milliseconds. */
  readonly bookmarkMs?: number;
  /** After how long the kubelet looks at a pod again where nothing happens (ErrImagePull becomes ImagePullBackOff then). */
  readonly resyncMs?: number;
  /** How long a sidecar that ends again and again waits for its next start. */
  readonly restartMs?: number;
}

/**
 * A Kubernetes API server with one node, for tests: answers as the recordings of a real one, and runs the containers'
 * programs as processes of this machine, each in its own mount and process namespaces, on this machine's network.
 */
export class StandInCluster {
  private constructor(
    /** Path of a kubeconfig with the authority's certificate and a token. */
    readonly kubeconfig: string,
    readonly url: string,
    readonly ca: string,
    readonly token: string,
    /** Orders what goes wrong. */
    readonly faults: ClusterFaults,
    private readonly server: ApiServer,
    private readonly node: ClusterNode,
    private readonly folder: string,
  ) {}

  static async start(options: StandInOptions = {}): Promise<StandInCluster> {
    const folder = await mkdtemp(join(tmpdir(), 'danube-kubernetes-'));
    const [certificates] = await Promise.all([
      makeCertificates(folder),
      ...['pods', 'images'].map((name) => mkdir(join(folder, name))),
    ]);
    const token = makeToken();
    const served = servedResources(options.cilium ?? false);
    const store = new ObjectStore();
    const names = ['default', ...(options.namespaces ?? [])];
    for (const name of names) store.put(namespaces, withDefaults(namespaces, { metadata: { name } }, ''));
    const node = new ClusterNode(store, {
      folder: join(folder, 'pods'),
      images: new Images(join(folder, 'images'), options.images ?? {}, options.extraMounts ?? {}, options.users ?? []),
      capacity: options.capacity ?? {},
      labels: options.nodeLabels ?? {},
      restartMs: options.restartMs ?? 1000,
      resyncMs: options.resyncMs ?? 300,
    });
    const watches = new Watches(store, options.bookmarkMs ?? 1000);
    const execs = new ExecServer(store, node);
    const answers = new FaultyAnswers();
    const user = options.user ?? 'system:serviceaccount:danube-system:danube';
    const server = new ApiServer(
      { certificates, token, user, rules: options.rules, served },
      new ClusterApi(served, store, node, new ObjectsApi(store, node), watches, execs),
      answers,
    );
    const url = await server.listen();
    const { ca } = certificates;
    const kubeconfig = await writeKubeconfig(folder, { url, ca, token, namespace: names.at(-1) ?? 'default' });
    const faults = new ClusterFaults(store, node, server, watches, execs, answers);
    return new StandInCluster(kubeconfig, url, ca, token, faults, server, node, folder);
  }

  /** All calls so far, in the order of their answers. */
  get calls(): readonly RecordedCall[] {
    return this.server.calls;
  }

  /** Ends every process of every pod, and removes all files. */
  async stop(): Promise<void> {
    await this.server.close();
    await this.node.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
