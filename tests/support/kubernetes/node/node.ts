import { join } from 'node:path';
import { programSpec } from '../container/container-spec.js';
import { type Images } from '../container/images.js';
import { Launcher } from '../container/launcher.js';
import type { ObjectStore } from '../api/object-store.js';
import { pods } from '../api/resources.js';
import { timestamp, type Container, type Pod, type PodCondition } from '../types.js';
import type { PodContainer } from './container.js';
import { PodFolders } from './pod-folders.js';
import { nodeName } from './pod-status.js';
import { PodWorker, type PodHost } from './pod-worker.js';
import { whyUnschedulable, type NodeCapacity } from './scheduler.js';

export interface NodeOptions {
  readonly folder: string;
  readonly images: Images;
  readonly capacity: NodeCapacity;
  readonly labels: Readonly<Record<string, string>>;
  readonly restartMs: number;
  readonly resyncMs: number;
}

/** The cluster's one node, with the scheduler that brings pods to it. */
export class ClusterNode implements PodHost {
  readonly images: Images;
  readonly restartMs: number;
  readonly resyncMs: number;
  readonly #workers = new Map<string, PodWorker>();
  readonly #lost = new Set<string>();
  #addresses = 1;
  #stopped = false;

  constructor(
    private readonly store: ObjectStore,
    private readonly options: NodeOptions,
  ) {
    this.images = options.images;
    this.restartMs = options.restartMs;
    this.resyncMs = options.resyncMs;
  }

  podIp(): string {
    this.#addresses += 1;
    return `10.88.${Math.floor(this.#addresses / 250)}.${this.#addresses % 250}`;
  }

  read({ metadata: { namespace = '', name, uid } }: Pod): Pod | undefined {
    const found = this.store.get(pods, namespace, name) as Pod | undefined;
    return found?.metadata.uid === uid ? found : undefined;
  }

  write(pod: Pod): void {
    this.store.put(pods, pod);
  }

  /** Takes a new pod to the node, or says in its status why it fits nowhere. */
  schedule(created: Pod): void {
    const pod = this.read(created);
    if (this.#stopped || !pod || pod.metadata.deletionTimestamp !== undefined) return;
    const problem = whyUnschedulable(pod, this.options.capacity, this.options.labels);
    const condition: PodCondition = {
      type: 'PodScheduled',
      status: problem === undefined ? 'True' : 'False',
      ...(problem !== undefined && { observedGeneration: 1, reason: 'Unschedulable', message: problem }),
      lastProbeTime: null,
      lastTransitionTime: timestamp(),
    };
    const spec = problem === undefined ? { ...pod.spec, nodeName } : pod.spec;
    this.write({ ...pod, spec, status: { ...pod.status, conditions: [condition] } });
    if (problem === undefined) setImmediate(() => this.#run({ ...pod, spec }));
  }

  /** Begins to delete a pod, in the time that it has for that unless another is asked for; answers the pod as it is then. */
  requestDeletion(pod: Pod, graceSeconds = pod.spec.terminationGracePeriodSeconds): Pod {
    const grace = this.isDone(pod) ? 0 : Math.max(0, graceSeconds);
    const { deletionTimestamp, deletionGracePeriodSeconds = Infinity, generation = 1 } = pod.metadata;
    if (deletionTimestamp !== undefined && grace >= deletionGracePeriodSeconds) return pod;
    const deleted = this.store.put(pods, {
      ...pod,
      metadata: {
        ...pod.metadata,
        generation: deletionTimestamp === undefined ? generation + 1 : generation,
        deletionTimestamp: timestamp(Date.now() + grace * 1000),
        deletionGracePeriodSeconds: grace,
      },
    }) as Pod;
    void this.#delete(deleted, grace);
    return deleted;
  }

  /** Ends the pod's processes and removes its object; what the node does not have goes at once. */
  async #delete(pod: Pod, graceSeconds: number): Promise<void> {
    const worker = this.#workers.get(pod.metadata.uid);
    if (this.#lost.has(pod.metadata.uid) && graceSeconds > 0) return;
    if (graceSeconds > 0) await worker?.end(graceSeconds * 1000);
    const last = this.read(pod);
    if (last) {
      const grace = last.metadata.deletionGracePeriodSeconds === 0 ? {} : { deletionTimestamp: timestamp() };
      const metadata = { ...last.metadata, ...grace, deletionGracePeriodSeconds: 0 };
      if (last.metadata.deletionGracePeriodSeconds !== 0) this.write({ ...last, metadata });
      this.store.remove(pods, { ...last, metadata });
    }
    await worker?.end(0);
    await worker?.remove();
    this.#workers.delete(pod.metadata.uid);
  }

  startEphemeral(pod: Pod, container: Container): void {
    void this.#workers.get(pod.metadata.uid)?.startEphemeral(container);
  }

  /** The pod has no process any more, and its status is final. */
  isDone(pod: Pod): boolean {
    const worker = this.#workers.get(pod.metadata.uid);
    return !this.#lost.has(pod.metadata.uid) && (worker === undefined || worker.isDown);
  }

  worker(pod: Pod): PodWorker | undefined {
    return this.#workers.get(pod.metadata.uid);
  }

  container(pod: Pod, name: string): PodContainer | undefined {
    return this.worker(pod)?.container(name);
  }

  /** The file with all that the container has written so far. */
  logFile(pod: Pod, container: string): string | undefined {
    return this.worker(pod)?.folders.log(container);
  }

  /** Starts a program in a running container; undefined if it does not run. */
  exec(pod: Pod, container: string, argv: readonly string[], stdin: boolean): Launcher | undefined {
    const found = this.container(pod, container);
    if (found?.pid === undefined) return undefined;
    return new Launcher(
      'exec.py',
      { ...programSpec(pod, found.spec, this.images, argv), pid: found.pid, stdin },
      'pipe',
    );
  }

  /** The processes of a pod are gone and the node says nothing more about it. */
  async lose(pod: Pod): Promise<void> {
    this.#lost.add(pod.metadata.uid);
    await this.worker(pod)?.vanish();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#workers.values()].map((worker) => worker.vanish()));
  }

  #run(pod: Pod): void {
    const { uid } = pod.metadata;
    if (this.#stopped || !this.read(pod)) return;
    const worker = new PodWorker(pod, this, new PodFolders(join(this.options.folder, uid)));
    this.#workers.set(uid, worker);
    void worker.run();
  }
}
