const scpLike = /^(?:[^\s@/:]+@)?([A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:]+\]):(?!\/\/)(.+)$/;

const longestUrl = 2048;

interface Address {
  readonly protocol: string;
  readonly hostname: string;
  /** Empty for the protocol's own. */
  readonly port: string;
  /** Without a slash at the begin and the end. */
  readonly path: string;
}

/** Lower-case name of the host of an https, ssh or `git@host:path` URL, without port; undefined for any other. */
export function hostOf(url: string): string | undefined {
  return addressOf(url)?.hostname;
}

/**
 * Path of a repository on its host, without `/` at the begin and without `/` or `.git` at the end, so that all URLs of a
 * repository give the same: `octo/hello` of `git@github.com:octo/hello.git`. Undefined for URLs without a host.
 */
export function repositoryPath(url: string): string | undefined {
  const path = addressOf(url)?.path.replace(/\.git$/, '');
  return path === '' ? undefined : path;
}

/**
 * Whether a repository URL belongs to the forge whose pages are at `webUrl`: over https the same host, port and folder, over
 * ssh the same host, since ssh has a port of its own.
 */
export function servedBy(webUrl: string, repositoryUrl: string): boolean {
  const forge = addressOf(webUrl);
  const repository = addressOf(repositoryUrl);
  if (forge === undefined || repository === undefined || forge.hostname !== repository.hostname) return false;
  if (repository.path === '' || repository.protocol === 'ssh') return repository.path !== '';
  return forge.port === repository.port && (forge.path === '' || repository.path.startsWith(`${forge.path}/`));
}

/**
 * Path of a repository on the forge whose pages are at `webUrl`, as its API names it: like {@link repositoryPath}, and over
 * https without the folder that the forge lives in. Undefined for a repository that the forge does not serve.
 */
export function repositoryPathOn(webUrl: string, repositoryUrl: string): string | undefined {
  if (!servedBy(webUrl, repositoryUrl)) return undefined;
  const folder = addressOf(webUrl)?.path ?? '';
  const path = repositoryPath(repositoryUrl);
  return addressOf(repositoryUrl)?.protocol === 'ssh' || folder === '' ? path : path?.slice(folder.length + 1);
}

function addressOf(url: string): Address | undefined {
  if (url.length > longestUrl || /[\p{Cc}\s]/u.test(url)) return undefined;
  const scp = scpLike.exec(url);
  if (scp !== null)
    return { protocol: 'ssh', hostname: bare(scp[1] as string), port: '', path: trimmed(scp[2] as string) };
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, port, pathname } = new URL(url);
  if (!['https:', 'http:', 'ssh:'].includes(protocol) || hostname === '') return undefined;
  const path = decoded(pathname);
  if (path === undefined) return undefined;
  return { protocol: protocol.slice(0, -1), hostname: bare(hostname), port, path: trimmed(path) };
}

function bare(hostname: string): string {
  return hostname.toLowerCase().replace(/^\[(.*)\]$/, '$1');
}

function trimmed(path: string): string {
  return path.replace(/^\/+/, '').replace(/\/+$/, '');
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
