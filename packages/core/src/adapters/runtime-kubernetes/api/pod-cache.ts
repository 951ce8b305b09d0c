import { EventEmitter, once } from 'node:events';
import type { V1Pod } from '@kubernetes/client-node';
import type { Metrics } from '../../../services/ports/metrics.js';
import { type PodStage, stagesOf } from './pod-stages.js';

type Listener = (name: string, pod: V1Pod | undefined) => void;

interface Entry {
  readonly pod: V1Pod;
  /** What has been counted of it. */
  readonly stages: Set<PodStage>;
}

/** The last known state of every pod, who waits for changes of it, and the count of what pods went through. */
export class PodCache {
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<Listener>();
  readonly #waiting = new EventEmitter().setMaxListeners(0);
  #filled = false;

  constructor(private readonly metrics: Metrics) {}

  get(name: string): V1Pod | undefined {
    return this.#entries.get(name)?.pod;
  }

  list(): readonly V1Pod[] {
    return [...this.#entries.values()].map(({ pod }) => pod);
  }

  /** Takes a complete list. The first one is no news: an earlier life of this server has counted it. */
  replace(pods: readonly V1Pod[]): void {
    const names = new Set(pods.map(nameOf));
    for (const { pod } of [...this.#entries.values()]) if (!names.has(nameOf(pod))) this.remove(pod);
    for (const pod of pods) this.put(pod);
    this.#filled = true;
  }

  put(pod: V1Pod): void {
    const name = nameOf(pod);
    const before = this.#entries.get(name);
    const isSame = before?.pod.metadata?.uid === pod.metadata?.uid;
    if (before !== undefined && !isSame) this.#count('deleted');
    const stages = isSame && before !== undefined ? before.stages : new Set<PodStage>();
    for (const stage of stagesOf(pod)) {
      if (!stages.has(stage) && this.#filled) this.#count(stage);
      stages.add(stage);
    }
    this.#entries.set(name, { pod, stages });
    if (!isSame || before?.pod.metadata?.resourceVersion !== pod.metadata?.resourceVersion) this.#tell(name, pod);
  }

  remove(pod: V1Pod): void {
    const name = nameOf(pod);
    if (this.#entries.get(name)?.pod.metadata?.uid !== pod.metadata?.uid) return;
    // the last event may be the first that shows how it ended
    this.put(pod);
    this.#entries.delete(name);
    this.#count('deleted');
    this.#tell(name, undefined);
  }

  /** The pod as it is, then as it becomes; states in between are left out for a slow reader. */
  async *changes(name: string, signal: AbortSignal): AsyncGenerator<V1Pod | undefined> {
    let last: V1Pod | undefined | 'nothing' = 'nothing';
    while (!signal.aborted) {
      const pod = this.get(name);
      if (pod === last) await once(this.#waiting, changeOf(name), { signal }).catch(() => undefined);
      else yield (last = pod);
    }
  }

  /** Answers how to end it. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #tell(name: string, pod: V1Pod | undefined): void {
    this.#waiting.emit(changeOf(name));
    for (const listener of this.#listeners) listener(name, pod);
  }

  #count(event: PodStage | 'deleted'): void {
    this.metrics.count('danube_pod_lifecycle_events_total', { event });
  }
}

/** Not the name alone: emitters have a meaning of their own for "error". */
function changeOf(name: string): string {
  return `change of ${name}`;
}

function nameOf(pod: V1Pod): string {
  return pod.metadata?.name ?? '';
}
