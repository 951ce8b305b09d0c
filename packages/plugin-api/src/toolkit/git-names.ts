const commitName = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const zeros = /^0+$/;
const longestRef = 1024;
// what git check-ref-format refuses
const refused = [/[\p{Cc} ~^:?*[\\]/u, /\.\./, /@\{/, /\/\//, /[/.]$/, /\/\./, /\.lock(?:\/|$)/];

/** Whether it is the full name of a commit: 40 or 64 lower-case hexadecimal digits, and not all of them zero. */
export function isCommitName(text: string): boolean {
  return commitName.test(text) && !zeros.test(text);
}

/** Whether it is the name of 40 or 64 zeros by which forges say "no commit": a ref is new, or was deleted. */
export function isZeroCommit(text: string): boolean {
  return commitName.test(text) && zeros.test(text);
}

/** Whether a full ref is one that jobs are about; others are notes, review data and the like. */
export function isBranchOrTag(ref: string): boolean {
  return ref.startsWith('refs/heads/') || ref.startsWith('refs/tags/');
}

/** Whether it is a full ref that Git accepts, such as `refs/heads/main`. */
export function isFullRef(text: string): boolean {
  return text.length <= longestRef && /^refs\/[^/]+\/./.test(text) && refused.every((pattern) => !pattern.test(text));
}
