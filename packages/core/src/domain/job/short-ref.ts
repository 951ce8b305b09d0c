/** `refs/heads/main` → `main`, `refs/tags/v1` → `v1`; anything else stays as it is. */
export function shortRef(ref: string): string {
  return ref.replace(/^refs\/(heads|tags)\//, '');
}

/** `main` → `refs/heads/main`; a full ref stays as it is. */
export function fullRef(ref: string): string {
  return ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
}
