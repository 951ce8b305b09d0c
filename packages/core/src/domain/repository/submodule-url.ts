import { DanubeError } from '@danube/plugin-api';
import { checkRepositoryUrl, type RepositoryProtocol } from './repository-url.js';

/** What stands before the path, and the path. */
function split(url: string): { readonly server: string; readonly path: string } {
  const match = /^((?:[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/]*)|(?:(?:[^@/]*@)?(?:\[[^\]]*\]|[^:/]+):))?(.*)$/s.exec(url);
  return { server: match?.[1] ?? '', path: match?.[2] ?? '' };
}

/** As Git does it: relative to the repository's own address. */
function resolveRelative(parent: string, relative: string): string {
  const { server, path } = split(parent.replace(/\/+$/, ''));
  const rooted = path.startsWith('/');
  const segments = path.split('/').filter((segment) => segment !== '');
  for (const segment of relative.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return `${server}${rooted ? '/' : ''}${segments.join('/')}`;
}

/**
 * Where a submodule comes from, and whether that is the same server as the parent's, so that the parent's credential may be
 * used. An ssh address on the server of an https parent is read over https, as its credential opens no other.
 * @throws DanubeError `repository_url_refused` (invalid), also for a folder of this machine where the parent is none
 */
export function submoduleSource(
  parent: string,
  written: string,
): { readonly url: string; readonly sameServer: boolean } {
  const relative = written.startsWith('./') || written.startsWith('../');
  const url = relative ? resolveRelative(parent, written) : overHttps(parent, written);
  const protocol = checkRepositoryUrl(url);
  const parentProtocol = checkRepositoryUrl(parent);
  if (protocol === 'file' && parentProtocol !== 'file') throw folderRefused();
  return { url, sameServer: server(url, protocol) === server(parent, parentProtocol) };
}

/** A repository from elsewhere must not read files of this machine. */
function folderRefused(): DanubeError {
  return new DanubeError(
    'repository_url_refused',
    'the URL of the submodule is a folder of this machine, which only repositories of this machine may name',
    { category: 'invalid' },
  );
}

function overHttps(parent: string, written: string): string {
  if (checkRepositoryUrl(parent) !== 'https' || checkRepositoryUrl(written) !== 'ssh') return written;
  const match = /^(?:ssh:\/\/git@([^/:]+)\/|git@([^/:]+):\/?)(.+)$/.exec(written);
  const host = match?.[1] ?? match?.[2];
  const { host: parentHost } = new URL(parent);
  return host?.toLowerCase() === parentHost ? `https://${parentHost}/${match?.[3]}` : written;
}

function server(url: string, protocol: RepositoryProtocol): string {
  if (protocol === 'file') return 'file';
  if (protocol !== 'ssh') return new URL(url).origin;
  if (url.includes('://')) {
    const { hostname, port } = new URL(url);
    return `ssh://${hostname.toLowerCase()}:${port === '' ? '22' : port}`;
  }
  return `ssh://${split(url)
    .server.replace(/^[^@]*@/, '')
    .slice(0, -1)
    .toLowerCase()}:22`;
}
