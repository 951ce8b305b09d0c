const usualPorts: Readonly<Record<string, number>> = { 'https:': 443, 'http:': 80, 'ssh:': 22 };
const scpLike = /^(?:[^@/]+@)?(\[[^\]]+\]|[^:/]+):/;

/** The server of a repository; undefined where it is a folder. */
export function repositoryServer(url: string): { readonly host: string; readonly port: number } | undefined {
  if (!url.includes('://')) {
    const host = scpLike.exec(url)?.[1];
    return host === undefined ? undefined : { host, port: 22 };
  }
  const { protocol, hostname, port } = new URL(url);
  const usual = usualPorts[protocol];
  return usual === undefined ? undefined : { host: hostname, port: port === '' ? usual : Number(port) };
}
