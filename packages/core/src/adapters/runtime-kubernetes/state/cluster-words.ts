const maxLength = 500;

/** What the cluster says, without the layers that each program put around it. */
export function clusterWords(message: string | undefined): string {
  const bare = (message ?? '')
    .replace(/^Back-off pulling image "[^"]*":? ?/, '')
    .replace(/^(ErrImagePull|ErrImageNeverPull): /, '')
    .replace(/^rpc error: code = \w+ desc = /, '')
    .replace(/^failed to (pull and unpack image|create containerd task|start containerd task)[^:]*(:\d+)?[^:]*": /, '')
    .trim();
  const words = bare === '' ? 'the cluster says no more' : bare;
  return words.length > maxLength ? `${words.slice(0, maxLength)}…` : words;
}
