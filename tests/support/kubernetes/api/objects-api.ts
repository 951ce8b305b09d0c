import { isDeepStrictEqual } from 'node:util';
import type { ClusterNode } from '../node/node.js';
import type { KubernetesObject, Pod, PodSpec } from '../types.js';
import type { ApiRequest } from './api-request.js';
import { withDefaults, withEphemeralDefaults } from './defaults.js';
import { mergePatch } from './merge-patch.js';
import { checkRules } from './object-rules.js';
import type { ObjectStore } from './object-store.js';
import { apiVersionOf, namespaces, pods, type Resource } from './resources.js';
import { checkSchema } from './check-schema.js';
import { readSelector } from './selectors.js';
import { checkSupported } from './supported.js';
import { alreadyExists, badRequest, conflict, invalid, notFound, unsupportedMediaType } from './status.js';

export type ResourceRequest = ApiRequest & { readonly resource: Resource };

export interface Answer {
  readonly code: number;
  readonly body: object | string;
}

type Fields = Readonly<Record<string, unknown>>;
type Manifest = Fields & { readonly metadata: { readonly name: string; readonly namespace?: string } };

const patchTypes = ['application/merge-patch+json', 'application/strategic-merge-patch+json'] as const;

/** Create, get, list, patch and delete, on the store and the node. */
export class ObjectsApi {
  constructor(
    private readonly store: ObjectStore,
    private readonly node: ClusterNode,
  ) {}

  create({ resource, namespace, query }: ResourceRequest, body: Fields): Answer {
    checkSchema(resource, body);
    checkRules(resource.kind, body);
    if (resource === pods) checkSupported(body['spec'] as PodSpec);
    const manifest = body as Manifest;
    const { name } = manifest.metadata;
    this.#checkNamespace(resource, namespace, manifest);
    if (this.store.get(resource, namespace, name)) throw alreadyExists(resource, name);
    const defaulted = withDefaults(resource, manifest, namespace);
    if (query.get('dryRun') === 'All') return { code: 201, body: defaulted };
    const object = this.store.put(resource, defaulted);
    if (resource === pods) setImmediate(() => this.node.schedule(object as Pod));
    return { code: 201, body: object };
  }

  get({ resource, namespace, name }: ResourceRequest): Answer {
    return { code: 200, body: this.#find(resource, namespace, name) };
  }

  list({ resource, namespace, query }: ResourceRequest): Answer {
    const items = this.store
      .list(resource, namespace)
      .filter(readSelector(query))
      .map(({ metadata, spec, status }) => ({
        metadata,
        ...(spec !== undefined && { spec }),
        ...(status !== undefined && { status }),
      }));
    const page = onePage(items, query);
    const metadata = { resourceVersion: String(this.store.version), ...page.metadata };
    const body = { kind: `${resource.kind}List`, apiVersion: apiVersionOf(resource), metadata, items: page.items };
    return { code: 200, body };
  }

  delete({ resource, namespace, name, query }: ResourceRequest, body: Fields): Answer {
    const object = this.#find(resource, namespace, name);
    const { uid } = object.metadata;
    const { preconditions, gracePeriodSeconds } = body as {
      preconditions?: { uid?: string };
      gracePeriodSeconds?: number;
    };
    if (preconditions?.uid !== undefined && preconditions.uid !== uid) {
      const message = `Precondition failed: UID in precondition: ${preconditions.uid}, UID in object meta: ${uid}`;
      throw conflict(resource, name, message);
    }
    if (resource === pods) {
      const asked = query.get('gracePeriodSeconds');
      return {
        code: 200,
        body: this.node.requestDeletion(object as Pod, asked === null ? gracePeriodSeconds : Number(asked)),
      };
    }
    this.store.remove(resource, object);
    const details = { name, ...(resource.group !== '' && { group: resource.group }), kind: resource.plural, uid };
    return { code: 200, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details } };
  }

  /** Only metadata of an object, and ephemeral containers of a pod, can change. */
  patch(request: ResourceRequest, body: Fields, contentType: string): Answer {
    const { resource, namespace, name, subresource } = request;
    if (!patchTypes.some((type) => contentType.startsWith(type))) throw unsupportedMediaType(patchTypes);
    const strategic = contentType.startsWith('application/strategic-merge-patch+json');
    const object = this.#find(resource, namespace, name);
    const patched = mergePatch(object, body, strategic ? ['ephemeralContainers'] : []) as KubernetesObject;
    checkSchema(resource, patched as unknown as Fields);
    checkRules(resource.kind, patched as unknown as Manifest);
    if (subresource === 'ephemeralcontainers')
      return { code: 200, body: this.#addEphemeral(object as Pod, patched as Pod) };
    if (!isDeepStrictEqual(patched.spec, object.spec)) {
      const message =
        'Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';
      throw invalid(resource.kind, name, [{ reason: 'FieldValueForbidden', message, field: 'spec' }]);
    }
    const { uid, creationTimestamp, resourceVersion } = object.metadata;
    const metadata = { ...patched.metadata, name, uid, creationTimestamp, resourceVersion };
    if (isDeepStrictEqual(metadata, object.metadata)) return { code: 200, body: object };
    return { code: 200, body: this.store.put(resource, { ...object, metadata }) };
  }

  #addEphemeral(pod: Pod, patched: Pod): KubernetesObject {
    const present = pod.spec.ephemeralContainers ?? [];
    const wanted = (patched.spec.ephemeralContainers ?? []).map(withEphemeralDefaults);
    if (!isDeepStrictEqual(wanted.slice(0, present.length), present)) {
      const message = 'Forbidden: existing ephemeral containers may not be changed or removed';
      throw invalid('Pod', pod.metadata.name, [
        { reason: 'FieldValueForbidden', message, field: 'spec.ephemeralContainers' },
      ]);
    }
    if (wanted.length === present.length) return pod;
    const generation = (pod.metadata.generation ?? 1) + 1;
    const stored = this.store.put(pods, {
      ...pod,
      metadata: { ...pod.metadata, generation },
      spec: { ...pod.spec, ephemeralContainers: wanted },
    });
    for (const container of wanted.slice(present.length)) this.node.startEphemeral(stored as Pod, container);
    return stored;
  }

  #find(resource: Resource, namespace: string, name: string): KubernetesObject {
    const found = this.store.get(resource, namespace, name);
    if (!found) throw notFound(resource, name);
    return found;
  }

  #checkNamespace(resource: Resource, namespace: string, { metadata }: Manifest): void {
    if (!resource.namespaced) return;
    if (metadata.namespace !== undefined && metadata.namespace !== namespace) {
      const message = 'the namespace of the provided object does not match the namespace sent on the request';
      throw badRequest(message);
    }
    if (!this.store.get(namespaces, '', namespace)) throw notFound(namespaces, namespace);
  }
}

/** As many as `limit` allows, from where `continue` says. */
function onePage<T>(items: readonly T[], query: URLSearchParams): { items: readonly T[]; metadata: object } {
  const from = Number(query.get('continue') ?? 0);
  const to = from + (Number(query.get('limit') ?? 0) || items.length);
  if (to >= items.length) return { items: items.slice(from), metadata: {} };
  return { items: items.slice(from, to), metadata: { continue: String(to), remainingItemCount: items.length - to } };
}
