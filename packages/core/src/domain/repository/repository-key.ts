const scpLike = /^(?:[^@/]+@)?(\[[^\]]+\]|[^:/]+):(.*)$/;
const defaultPorts = new Set(['22', '80', '443', '9418']);

/**
 * Two URLs with the same key lead to the same repository: protocol, user, letter case of the host, the protocol's usual port
 * and a trailing `.git` or `/` make no difference. A URL that cannot be read is its own key.
 */
export function repositoryKey(url: string): string {
  const text = url.trim();
  if (text.includes('://')) return keyOfUrl(text);
  const [, host, path] = scpLike.exec(text) ?? [];
  return host === undefined || path === undefined ? withoutEnding(text) : join(host, path);
}

/** Whether both URLs lead to the same repository; see {@link repositoryKey}. */
export function sameRepository(one: string, other: string): boolean {
  return repositoryKey(one) === repositoryKey(other);
}

function keyOfUrl(text: string): string {
  if (!URL.canParse(text)) return text;
  const { protocol, hostname, port, pathname } = new URL(text);
  const path = decode(pathname);
  if (protocol === 'file:') return withoutEnding(path);
  return join(port === '' || defaultPorts.has(port) ? hostname : `${hostname}:${port}`, path);
}

function join(host: string, path: string): string {
  return `${host.toLowerCase()}/${withoutEnding(path.replace(/^\/+/, ''))}`;
}

function withoutEnding(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end -= 1;
  const trimmed = path.slice(0, end);
  return trimmed.endsWith('.git') && trimmed.length > 4 ? trimmed.slice(0, -4) : trimmed;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
