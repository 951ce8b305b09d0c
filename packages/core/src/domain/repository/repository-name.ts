interface Parts {
  readonly host: string;
  readonly port: string;
  readonly path: string;
}

/** An address without `//` is the short form of ssh, `user@host:path`. */
function parts(url: string): Parts | undefined {
  if (url.startsWith('/')) return undefined;
  if (!url.includes('://')) {
    const match = /^(?:[^@/]*@)?(\[[^\]]*\]|[^:]*):(.*)$/.exec(url);
    return match === null ? undefined : { host: match[1] ?? '', port: '', path: match[2] ?? '' };
  }
  const { protocol, hostname, port, pathname } = new URL(url);
  return protocol === 'file:' ? undefined : { host: hostname, port, path: pathname };
}

function tidyPath(path: string): string {
  const trimmed = path.split('/').filter((segment) => segment !== '');
  return trimmed.join('/').replace(/\.git$/, '');
}

/**
 * `host/path` of a repository as patterns match it: without protocol, user, port and `.git`, the host in lower case.
 * Empty for a folder of this machine.
 */
export function repositoryName(url: string): string {
  return repositoryNames(url)[0] ?? '';
}

/** The name and, where the URL names a port, `host:port/path` as well. */
export function repositoryNames(url: string): readonly string[] {
  const found = parts(url);
  if (found === undefined) return [];
  const host = found.host.toLowerCase().replaceAll(/[[\]]/g, '');
  const path = tidyPath(found.path);
  return found.port === '' ? [`${host}/${path}`] : [`${host}/${path}`, `${host}:${found.port}/${path}`];
}
