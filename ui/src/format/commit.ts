/** The first letters of a commit, as Git shows it in lists. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 8);
}
