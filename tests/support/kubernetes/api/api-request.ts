import type { IncomingMessage } from 'node:http';
import { noSuchPath } from './status.js';
import type { Resource } from './resources.js';

/** What a request asks for, as authorization sees it. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly verb: string;
  /** Undefined for paths like `/version`. */
  readonly resource: Resource | undefined;
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
}

const collectionVerbs: Readonly<Record<string, string>> = {
  GET: 'list',
  POST: 'create',
  DELETE: 'deletecollection',
};
const objectVerbs: Readonly<Record<string, string>> = {
  GET: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};
const nonResource = /^\/(api|apis|version|readyz|livez|healthz|api\/v1|apis\/[^/]+(\/[^/]+)?)\/?$/;

/** Reads the address line; what the server does not serve is the plain 404. */
export function readApiRequest(message: IncomingMessage, served: readonly Resource[]): ApiRequest {
  const { pathname, searchParams: query } = new URL(message.url ?? '/', 'https://cluster');
  const method = message.method ?? 'GET';
  const base = { method, path: pathname, query };
  if (nonResource.test(pathname)) {
    return { ...base, verb: method.toLowerCase(), resource: undefined, subresource: '', namespace: '', name: '' };
  }
  const words = pathname.split('/').slice(1).map(decodeURIComponent);
  const [group = '', version = '', ...rest] = words[0] === 'api' ? ['', ...words.slice(1)] : words.slice(1);
  const inNamespace = rest[0] === 'namespaces' && rest.length > 2;
  const [plural, name = '', subresource = ''] = inNamespace ? rest.slice(2) : rest;
  const resource = served.find((one) => one.group === group && one.version === version && one.plural === plural);
  if (!resource) throw noSuchPath();
  const verb = (name === '' ? collectionVerbs : objectVerbs)[method] ?? method.toLowerCase();
  const watches = verb === 'list' && ['1', 'true'].includes(query.get('watch') ?? '');
  return {
    ...base,
    verb: watches ? 'watch' : verb,
    resource,
    subresource,
    namespace: inNamespace ? (rest[1] ?? '') : '',
    name,
  };
}
