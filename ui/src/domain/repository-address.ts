/** Where people read a repository in a browser; undefined where its URL says nothing about that, as of a folder. */
function webAddress(url: string): URL | undefined {
  const [, host, path] = /^[^@/]+@([^:/]+):(?!\/)(.+)$/.exec(url) ?? [];
  const written = host === undefined ? url : `https://${host}/${path}`;
  if (!URL.canParse(written)) return undefined;
  const { protocol, hostname, port, pathname } = new URL(written);
  if (!['https:', 'http:', 'ssh:'].includes(protocol)) return undefined;
  // the port of ssh is none of the web
  const authority = protocol === 'ssh:' || port === '' ? hostname : `${hostname}:${port}`;
  const address = new URL(`${protocol === 'http:' ? 'http' : 'https'}://${authority}`);
  address.pathname = pathname.replace(/(\.git)?\/?$/, '');
  return address;
}

/** GitHub and GitLab show a file under `blob`, Gitea and Forgejo under `src/commit`. */
function fileFolder(host: string): string {
  return /gitea|forgejo|codeberg/.test(host) ? 'src/commit' : 'blob';
}

/** Address of a line of a file at a commit. */
export function fileAddress(
  url: string | undefined,
  commit: string | undefined,
  { file, line }: { readonly file: string; readonly line: number },
): string | undefined {
  const address = url === undefined ? undefined : webAddress(url);
  if (address === undefined || commit === undefined) return undefined;
  address.pathname += `/${fileFolder(address.hostname)}/${commit}/${file}`;
  address.hash = `L${line}`;
  return address.href;
}

export function commitAddress(url: string, commit: string): string | undefined {
  const address = webAddress(url);
  if (address === undefined) return undefined;
  address.pathname += `/commit/${commit}`;
  return address.href;
}
