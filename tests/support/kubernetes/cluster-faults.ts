import type { ApiServer } from './api/api-server.js';
import type { ExecServer } from './api/exec-server.js';
import type { ObjectStore } from './api/object-store.js';
import { pods } from './api/resources.js';
import { failure, type Status } from './api/status.js';
import type { Watches } from './api/watches.js';
import type { FaultyAnswer, FaultyAnswers, RequestFilter } from './faulty-answers.js';
import type { ClusterNode } from './node/node.js';
import { nodeName } from './node/pod-status.js';
import { timestamp, type Pod } from './types.js';

/** A pod by name; the namespace is needed where several have a pod of that name. */
export interface PodRef {
  readonly name: string;
  readonly namespace?: string;
}

/** What a test can let go wrong, at any time. */
export class ClusterFaults {
  constructor(
    private readonly store: ObjectStore,
    private readonly node: ClusterNode,
    private readonly server: ApiServer,
    private readonly watches: Watches,
    private readonly execs: ExecServer,
    private readonly answers: FaultyAnswers,
  ) {}

  /** Cuts the connections of all watches. */
  dropWatches(): void {
    this.watches.drop();
  }

  /** All versions that anybody holds are too old: a watch from one of them gets an event of type ERROR with 410. */
  expireResourceVersions(): void {
    this.store.compact();
  }

  /** Ends all watches with an event of type ERROR; if there is none, the next one. */
  watchError(status: Status = failure(500, 'InternalError', 'Internal error occurred: watch failed')): void {
    this.watches.fail(status);
  }

  /** Destroys the connections of execs; the programs inside go on unseen. */
  cutExecs(filter?: RequestFilter): void {
    this.execs.cut(filter);
  }

  /** How many execs are open. */
  get openExecs(): number {
    return this.execs.openCount;
  }

  /** Every exec opens only after this time; 0 ends it. */
  slowExec(ms: number): void {
    this.execs.delay(ms);
  }

  /** Half-open execs: no data and no pong, and no end of the connection, until `resumeExecs`. */
  stallExecs(): void {
    this.execs.stall();
  }

  resumeExecs(): void {
    this.execs.resume();
  }

  /** The API server is gone, the pods go on. Comes back after `ms`, or when the answered function is called. */
  goAway(ms?: number): () => void {
    this.server.goAway();
    const comeBack = () => this.server.comeBack();
    if (ms !== undefined) setTimeout(comeBack, ms).unref();
    return comeBack;
  }

  /** Answers requests with an error in place of the real answer. */
  answerWith(answer: FaultyAnswer): void {
    this.answers.add(answer);
  }

  /** Takes back all that `answerWith` has ordered. */
  answerAgain(): void {
    this.answers.clear();
  }

  /** The kubelet ends the pod because the node runs out of something. */
  async evict(ref: PodRef, message: string): Promise<void> {
    const pod = this.#find(ref);
    await this.node.worker(pod)?.end(0, { reason: 'Evicted', message });
  }

  /** All processes of a container are killed for want of memory. */
  oomKill(ref: PodRef, container: string): void {
    const found = this.node.container(this.#find(ref), container);
    if (found?.pid === undefined) throw new Error(`container ${container} of pod ${ref.name} does not run`);
    found.kill('OOMKilled');
  }

  /** The node is gone, and with it the pod's processes; the pod's object stays until it is deleted with grace period 0. */
  async loseNode(ref: PodRef): Promise<void> {
    const pod = this.#find(ref);
    await this.node.lose(pod);
    const current = this.node.read(pod);
    if (!current) return;
    const conditions = current.status.conditions?.map((condition) =>
      condition.type === 'Ready'
        ? { ...condition, status: 'False' as const, reason: 'NodeLost', lastTransitionTime: timestamp() }
        : condition,
    );
    const message = `Node ${nodeName} which was running pod ${pod.metadata.name} is unresponsive`;
    this.store.put(pods, {
      ...current,
      status: { ...current.status, reason: 'NodeLost', message, ...(conditions && { conditions }) },
    });
  }

  /** Somebody else deletes the pod; resolves when it is gone. */
  async deletePod(ref: PodRef, graceSeconds?: number): Promise<void> {
    const pod = this.#find(ref);
    const gone = new Promise<void>((resolve) => {
      const stop = this.store.onEvent(({ type, object }) => {
        if (type !== 'DELETED' || object.metadata.uid !== pod.metadata.uid) return;
        stop();
        resolve();
      });
    });
    this.node.requestDeletion(pod, graceSeconds);
    await gone;
  }

  #find({ name, namespace = '' }: PodRef): Pod {
    const found = this.store.list(pods, namespace).find(({ metadata }) => metadata.name === name);
    if (!found) throw new Error(`there is no pod ${name}`);
    return found as Pod;
  }
}
