import type { Container, Pod } from '../types.js';
import type { ObjectStore } from './object-store.js';
import type { ResourceRequest } from './objects-api.js';
import { pods } from './resources.js';
import { badRequest, notFound } from './status.js';

/** The pod and the container that a query for exec or log names. */
export function findContainer(store: ObjectStore, request: ResourceRequest): { pod: Pod; container: Container } {
  const { namespace, name, query } = request;
  const pod = store.get(pods, namespace, name) as Pod | undefined;
  if (!pod) throw notFound(pods, name);
  const { initContainers = [], containers, ephemeralContainers = [] } = pod.spec;
  const all = [...initContainers, ...containers, ...ephemeralContainers];
  const asked = query.get('container') ?? '';
  if (asked === '' && all.length > 1) {
    const names = containers.map((one) => one.name).join(' ');
    throw badRequest(`a container name must be specified for pod ${name}, choose one of: [${names}]`);
  }
  const container = asked === '' ? all[0] : all.find((one) => one.name === asked);
  if (!container) throw badRequest(`container ${asked} is not valid for pod ${name}`);
  if (pod.spec.nodeName === undefined) throw badRequest(`pod ${name} does not have a host assigned`);
  return { pod, container };
}
