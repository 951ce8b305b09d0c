const scpLike = /^((?:[^@/]+@)?(?:\[[^\]]+\]|[^:/]+)):(.*)$/;
const imageDigest = /@sha256:([0-9a-f]{64})$/;

/** Where a source comes from, as package tools write it: `git+https://host/path@refs/heads/main`. */
export function gitUri(repositoryUrl: string, ref: string): string {
  return `git+${asUrl(repositoryUrl)}@${encodePath(ref)}`;
}

/** One file of such a source. */
export function gitFileUri(source: string, file: string): string {
  return `${source}#${encodePath(file)}`;
}

/** Names of branches and files may hold what means something else in a URI. */
function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function asUrl(repositoryUrl: string): string {
  if (repositoryUrl.includes('://')) return repositoryUrl;
  if (repositoryUrl.startsWith('/')) return `file://${encodePath(repositoryUrl)}`;
  return repositoryUrl.replace(scpLike, 'ssh://$1/$2');
}

/** A container image with its digest, where its name holds one. */
export function imageResource(name: string): { readonly uri: string; readonly digest?: { readonly sha256: string } } {
  const sha256 = imageDigest.exec(name)?.[1];
  return { uri: `oci://${name}`, ...(sha256 !== undefined && { digest: { sha256 } }) };
}
