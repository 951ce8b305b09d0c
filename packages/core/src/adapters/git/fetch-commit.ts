import type { GitAccess } from './git-access.js';
import type { DanubeError } from '@danube/plugin-api';
import { commitNotFound, diskFull, localFailure, unreachable } from './git-failure.js';
import type { GitResult, GitRunner } from './git-runner.js';
import { recordHistoryEnds } from './history-ends.js';
import type { MirrorExtent, WantedCommit } from './mirrors.js';
import { removeStaleLock } from './stale-locks.js';

type Run = (args: readonly string[]) => Promise<GitResult>;

const fetchTimeoutMs = 30 * 60_000;
const maxStaleLocks = 3;
/** How servers say that they serve what refs point at only, or that they do not have it. */
export const bareCommitRefused = /not our ref|unadvertised object|couldn't find remote ref/;
/** Where the mirror is to blame. */
const brokenHere = /^(?!remote:).*(corrupt|bad object|bad shallow|COLLISION|existing object|all necessary objects)/im;
/** Where a ref is kept in which the commit is searched. */
export const fetchedRef = 'refs/danube/fetched';
export const fetchArgs = [
  'fetch',
  '--quiet',
  '--force',
  '--no-tags',
  '--no-write-fetch-head',
  '--no-auto-maintenance',
  '--no-recurse-submodules',
];

/**
 * Downloads one commit into a mirror that the caller has for itself, by its exact name or, where the server does not serve
 * bare commits, by searching the ref for it.
 */
export async function fetchCommit(
  runner: GitRunner,
  mirror: string,
  wanted: WantedCommit,
  access: GitAccess,
  signal: AbortSignal,
): Promise<void> {
  const run: Run = (args) => runUnlocked(runner, mirror, args, access, signal);
  if (!(await fetchByName(run, mirror, wanted))) await fetchByRef(run, mirror, wanted);
  if (typeof wanted.extent === 'number' && wanted.extent > 1) await recordHistoryEnds(run, mirror, wanted.commit);
}

function limits(extent: MirrorExtent): readonly string[] {
  if (extent === 'without-files') return ['--filter=blob:none'];
  return extent === 0 ? [] : [`--depth=${extent}`];
}

function fetchFailure(mirror: string, { url, access }: WantedCommit, result: GitResult): DanubeError {
  const local = [diskFull, brokenHere].some((words) => words.test(result.stderr)) || result.stderr.includes(mirror);
  return local ? localFailure(`fetching ${url}`, result) : unreachable(url, access, result);
}

async function fetchByName(run: Run, mirror: string, wanted: WantedCommit): Promise<boolean> {
  const { url, commit, extent } = wanted;
  const refs = [`+${commit}:${kept(commit)}`, ...tagsOf(extent)];
  const result = await run([...fetchArgs, ...limits(extent), '--', url, ...refs]);
  if (result.exitCode === 0) return true;
  if (!bareCommitRefused.test(result.stderr)) throw fetchFailure(mirror, wanted, result);
  return false;
}

/** A commit below the ref's tip has less history in a limited download than was asked for, so that only all of it helps. */
async function fetchByRef(run: Run, mirror: string, wanted: WantedCommit): Promise<void> {
  const { url, commit, ref, extent } = wanted;
  const isLimited = typeof extent === 'number' && extent > 0;
  const attempts = isLimited
    ? [
        { options: limits(extent), commitIn: fetchedRef },
        { options: ['--depth=2147483647'], commitIn: commit },
      ]
    : [{ options: limits(extent), commitIn: commit }];
  for (const { options, commitIn } of attempts) {
    const result = await run([...fetchArgs, ...options, '--', url, `+${ref}:${fetchedRef}`, ...tagsOf(extent)]);
    if (result.exitCode !== 0 && !bareCommitRefused.test(result.stderr)) throw fetchFailure(mirror, wanted, result);
    const found = await run(['rev-parse', '--verify', '--quiet', `${commitIn}^{commit}`]);
    if (found.stdout.toString().trim() !== commit) continue;
    const stored = await run(['update-ref', kept(commit), commit]);
    if (stored.exitCode !== 0) throw localFailure('keeping a commit', stored);
    return;
  }
  throw commitNotFound(url, commit, ref);
}

/** Who asks for all history also wants to name commits by it. */
function tagsOf(extent: MirrorExtent): readonly string[] {
  return extent === 0 ? ['+refs/tags/*:refs/tags/*'] : [];
}

function kept(commit: string): string {
  return `refs/danube/commits/${commit}`;
}

async function runUnlocked(
  runner: GitRunner,
  mirror: string,
  args: readonly string[],
  access: GitAccess,
  signal: AbortSignal,
): Promise<GitResult> {
  const command = { args: [`--git-dir=${mirror}`, ...args], access, timeoutMs: fetchTimeoutMs, signal };
  let result = await runner.run(command);
  for (let attempt = 0; attempt < maxStaleLocks && result.exitCode !== 0; attempt += 1) {
    if (!(await removeStaleLock(result.stderr, runner.cacheDir))) break;
    result = await runner.run(command);
  }
  return result;
}
