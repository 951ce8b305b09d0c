import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ClusterNode } from '../node/node.js';
import type { ApiRequest } from './api-request.js';
import { discover } from './discovery.js';
import type { ExecServer } from './exec-server.js';
import { findContainer } from './exec-target.js';
import type { Answer, ObjectsApi, ResourceRequest } from './objects-api.js';
import type { ObjectStore } from './object-store.js';
import type { Resource } from './resources.js';
import { badRequest, methodNotAllowed, noSuchPath } from './status.js';
import type { Watches } from './watches.js';

/** Brings an admitted request to whoever answers it. */
export class ClusterApi {
  constructor(
    private readonly served: readonly Resource[],
    private readonly store: ObjectStore,
    private readonly node: ClusterNode,
    private readonly objects: ObjectsApi,
    private readonly watches: Watches,
    private readonly execs: ExecServer,
  ) {}

  async serve(request: ApiRequest, message: IncomingMessage, body: string, response: ServerResponse): Promise<void> {
    const { resource } = request;
    if (!resource) return send(response, { code: 200, body: discover(request.path, this.served) });
    const asked = { ...request, resource };
    if (request.verb === 'watch') return this.watches.serve(asked, response);
    send(response, await this.#answer(asked, body, message.headers['content-type'] ?? ''));
  }

  async upgrade(
    request: ApiRequest,
    message: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    opened: () => void,
  ): Promise<void> {
    const { resource, subresource } = request;
    if (resource?.plural !== 'pods' || subresource !== 'exec') throw noSuchPath();
    await this.execs.serve({ ...request, resource }, message, socket, head, opened);
  }

  async #answer(request: ResourceRequest, body: string, contentType: string): Promise<Answer> {
    const { verb, subresource } = request;
    if (subresource === 'log' && verb === 'get') return this.#log(request);
    if (subresource === 'exec') throw badRequest('Upgrade request required');
    if (subresource !== '' && !(subresource === 'ephemeralcontainers' && verb === 'patch')) throw noSuchPath();
    switch (verb) {
      case 'create':
        return this.objects.create(request, readJson(body));
      case 'get':
        return this.objects.get(request);
      case 'list':
        return this.objects.list(request);
      case 'delete':
        return this.objects.delete(request, readJson(body === '' ? '{}' : body));
      case 'patch':
        return this.objects.patch(request, readJson(body), contentType);
      default:
        throw methodNotAllowed();
    }
  }

  async #log(request: ResourceRequest): Promise<Answer> {
    const { pod, container } = findContainer(this.store, request);
    const state = this.node.container(pod, container.name)?.state;
    if (!state || state.waiting) {
      const reason = state?.waiting?.reason ?? 'ContainerCreating';
      throw badRequest(`container "${container.name}" in pod "${pod.metadata.name}" is waiting to start: ${reason}`);
    }
    const text = await readFile(this.node.logFile(pod, container.name) ?? '', 'utf8');
    const tail = request.query.get('tailLines');
    const lines = text.split(/(?<=\n)/);
    return { code: 200, body: tail === null ? text : lines.slice(Math.max(0, lines.length - Number(tail))).join('') };
  }
}

function readJson(body: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch (error) {
    throw badRequest(`couldn't decode the body: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function send(response: ServerResponse, { code, body }: Answer): void {
  const text = typeof body === 'string';
  response.writeHead(code, { 'content-type': text ? 'text/plain; charset=utf-8' : 'application/json' });
  response.end(text ? body : `${JSON.stringify(body)}\n`);
}
