import { DanubeError } from '@danube/plugin-api';

const forbidden = /[\s~^:?*[\\\u0000-\u001f\u007f]|\.\.|@\{|\/\/|\/\.|\.lock(\/|$)|[./]$|^[-/.]|^@$/;

/** True for a branch, a tag or a full ref as Git writes them. */
export function isRefName(ref: string): boolean {
  return ref !== '' && ref.length <= 512 && !forbidden.test(ref);
}

/** @throws DanubeError `ref_name_refused` (invalid) where the name could not be a branch, tag or full ref. */
export function checkRefName(ref: string): void {
  if (isRefName(ref)) return;
  throw new DanubeError(
    'ref_name_refused',
    `${JSON.stringify(ref.slice(0, 100))} is no Git ref; accepted: a branch or tag name, or a full ref such as refs/heads/main`,
    { category: 'invalid' },
  );
}

/** True for the full name of a commit: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits. */
export function isCommitName(commit: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit);
}

/** @throws DanubeError `commit_name_refused` (invalid). */
export function checkCommitName(commit: string): void {
  if (isCommitName(commit)) return;
  throw new DanubeError(
    'commit_name_refused',
    `${JSON.stringify(commit.slice(0, 100))} is no commit; accepted: 40 or 64 lower-case hexadecimal digits`,
    { category: 'invalid' },
  );
}
