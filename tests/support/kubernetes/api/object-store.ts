import { EventEmitter } from 'node:events';
import type { KubernetesObject } from '../types.js';
import type { Resource } from './resources.js';

export interface StoredEvent {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly resource: Resource;
  readonly object: KubernetesObject;
  /** What it was before, for watches that select by something that has changed. */
  readonly previous: KubernetesObject | undefined;
}

/** All objects with one counter of versions, and the events that led to them. */
export class ObjectStore {
  readonly #objects = new Map<string, { resource: Resource; object: KubernetesObject }>();
  readonly #events: StoredEvent[] = [];
  readonly #changes = new EventEmitter<{ event: [StoredEvent] }>().setMaxListeners(0);
  #version = 100;
  #oldest = 0;

  /** The version of the newest change. */
  get version(): number {
    return this.#version;
  }

  /** Nothing can be watched from before this version. */
  get oldestVersion(): number {
    return this.#oldest;
  }

  /** Forgets all events so far: versions that anybody holds now are too old. */
  compact(): void {
    this.#oldest = ++this.#version;
    this.#events.length = 0;
  }

  get(resource: Resource, namespace: string, name: string): KubernetesObject | undefined {
    return this.#objects.get(keyOf(resource, namespace, name))?.object;
  }

  /** All of a kind, of one namespace unless that is empty, in the order of their creation. */
  list(resource: Resource, namespace: string): KubernetesObject[] {
    return [...this.#objects.values()]
      .filter((entry) => entry.resource === resource)
      .map(({ object }) => object)
      .filter(({ metadata }) => namespace === '' || metadata.namespace === namespace);
  }

  /** Adds an object or takes the place of the one with its name; answers it with its new version. */
  put(resource: Resource, object: KubernetesObject): KubernetesObject {
    const key = keyOf(resource, object.metadata.namespace ?? '', object.metadata.name);
    const previous = this.#objects.get(key)?.object;
    const stored = this.#next(object);
    this.#objects.set(key, { resource, object: stored });
    this.#tell(previous ? 'MODIFIED' : 'ADDED', resource, stored, previous);
    return stored;
  }

  remove(resource: Resource, object: KubernetesObject): KubernetesObject {
    this.#objects.delete(keyOf(resource, object.metadata.namespace ?? '', object.metadata.name));
    const last = this.#next(object);
    this.#tell('DELETED', resource, last, object);
    return last;
  }

  eventsAfter(version: number): StoredEvent[] {
    return this.#events.filter((event) => event.version > version);
  }

  /** Calls for every change from now on; answers how to stop that. */
  onEvent(listener: (event: StoredEvent) => void): () => void {
    this.#changes.on('event', listener);
    return () => this.#changes.off('event', listener);
  }

  #next(object: KubernetesObject): KubernetesObject {
    this.#version += 1;
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#version) } };
  }

  #tell(
    type: StoredEvent['type'],
    resource: Resource,
    object: KubernetesObject,
    previous: KubernetesObject | undefined,
  ): void {
    const event = { version: this.#version, type, resource, object, previous };
    this.#events.push(event);
    this.#changes.emit('event', event);
  }
}

function keyOf({ group, plural }: Resource, namespace: string, name: string): string {
  return `${group}/${plural}/${namespace}/${name}`;
}
