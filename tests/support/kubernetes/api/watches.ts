import type { ServerResponse } from 'node:http';
import type { ApiRequest } from './api-request.js';
import { apiVersionOf, type Resource } from './resources.js';
import type { ObjectStore, StoredEvent } from './object-store.js';
import { readSelector } from './selectors.js';
import { tooLargeVersion, tooOldVersion, type Status } from './status.js';

interface OpenWatch {
  send(type: string, object: object): void;
  end(): void;
  destroy(): void;
}

/** Serves watches from the store, with the interruptions that a test orders. */
export class Watches {
  readonly #open = new Set<OpenWatch>();
  #errorForNext: Status | undefined;

  constructor(
    private readonly store: ObjectStore,
    private readonly bookmarkMs: number,
  ) {}

  serve(request: ApiRequest & { readonly resource: Resource }, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    const send = (type: string, object: object) => void response.write(`${JSON.stringify({ type, object })}\n`);
    const problem = this.#errorForNext ?? this.#problemWith(request.query);
    this.#errorForNext = undefined;
    if (problem) {
      send('ERROR', problem);
      return void response.end();
    }
    const watch = { send, end: () => response.end(), destroy: () => response.socket?.destroy() };
    this.#open.add(watch);
    const stop = this.#follow(request, send);
    const seconds = Number(request.query.get('timeoutSeconds') ?? 0);
    const timeout = seconds > 0 ? setTimeout(watch.end, seconds * 1000) : undefined;
    response.on('close', () => {
      clearTimeout(timeout);
      stop();
      this.#open.delete(watch);
    });
  }

  /** Cuts the connection of every watch. */
  drop(): void {
    for (const watch of this.#open) watch.destroy();
  }

  /** Ends every watch with an event of type ERROR; without one, the next that opens. */
  fail(status: Status): void {
    if (this.#open.size === 0) this.#errorForNext = status;
    for (const watch of this.#open) {
      watch.send('ERROR', status);
      watch.end();
    }
  }

  #problemWith(query: URLSearchParams): Status | undefined {
    const asked = Number(query.get('resourceVersion') ?? 0);
    if (asked === 0 || query.get('sendInitialEvents') === 'true') return undefined;
    if (asked < this.store.oldestVersion) return tooOldVersion(asked, this.store.oldestVersion);
    if (asked > this.store.version) return tooLargeVersion(asked, this.store.version);
    return undefined;
  }

  #follow({ resource, namespace, query }: ApiRequest & { readonly resource: Resource }, send: OpenWatch['send']) {
    const selected = readSelector(query);
    const here = (event: StoredEvent) =>
      event.resource === resource && (namespace === '' || event.object.metadata.namespace === namespace);
    const identity = { kind: resource.kind, apiVersion: apiVersionOf(resource) };
    const tell = (event: StoredEvent) => {
      if (!here(event)) return;
      const type = typeFor(event, selected);
      if (type) send(type, { ...identity, ...event.object });
    };
    const bookmark = (annotations?: object) =>
      send('BOOKMARK', {
        ...identity,
        metadata: { resourceVersion: String(this.store.version), ...(annotations && { annotations }) },
        ...(resource.plural === 'pods' && { spec: { containers: null }, status: {} }),
      });
    const asked = Number(query.get('resourceVersion') ?? 0);
    const initial = query.get('sendInitialEvents') === 'true';
    if (asked === 0 || initial) {
      for (const object of this.store.list(resource, namespace).filter(selected))
        send('ADDED', { ...identity, ...object });
    } else for (const event of this.store.eventsAfter(asked)) tell(event);
    if (initial) bookmark({ 'k8s.io/initial-events-end': 'true' });
    const stopEvents = this.store.onEvent(tell);
    const stopBookmarks = query.get('allowWatchBookmarks') === 'true' ? this.#bookmarks(bookmark) : () => undefined;
    return () => {
      stopEvents();
      stopBookmarks();
    };
  }

  #bookmarks(bookmark: () => void): () => void {
    let last = this.store.version;
    const timer = setInterval(() => {
      if (this.store.version !== last) bookmark();
      last = this.store.version;
    }, this.bookmarkMs);
    return () => clearInterval(timer);
  }
}

/** An object that begins to match a selector is new to the watch, and one that ceases to is gone. */
function typeFor({ type, object, previous }: StoredEvent, selected: (object: StoredEvent['object']) => boolean) {
  const before = previous !== undefined && selected(previous);
  if (type === 'DELETED') return before ? type : undefined;
  if (selected(object)) return before ? 'MODIFIED' : 'ADDED';
  return before ? 'DELETED' : undefined;
}
