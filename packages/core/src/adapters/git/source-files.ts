import { DanubeError } from '@danube/plugin-api';
import { checkCommitName, checkRefName } from '../../domain/repository/ref-name.js';
import { checkRepositoryUrl } from '../../domain/repository/repository-url.js';
import type { SourceCommit, SourceFiles } from '../../services/ports/source-files.js';
import { localFailure } from './git-failure.js';
import type { GitResult, GitRunner } from './git-runner.js';
import type { MirrorExtent, Mirrors } from './mirrors.js';
import { readBlob } from './read-blob.js';

type Compare = 'direct' | 'merge_base';

const timeoutMs = 120_000;
const maxPaths = 100_000;
const maxListingBytes = 64 * 1024 * 1024;

/** Answers from the mirrors; what a checkout has downloaded is not downloaded again. */
export class GitSourceFiles implements SourceFiles {
  constructor(
    private readonly runner: GitRunner,
    private readonly mirrors: Mirrors,
  ) {}

  async readFile(
    source: SourceCommit,
    path: string,
    signal: AbortSignal,
  ): Promise<{ readonly blobId: string; readonly text: string } | undefined> {
    checkSource(source);
    const read = async () => {
      const mirror = await this.mirrors.provide(wanted(source, 1), signal);
      return readBlob((args, limits) => this.#run(mirror, args, signal, limits), source.commit, path);
    };
    return this.mirrors.mending([this.mirrors.path(wanted(source, 1))], read, signal);
  }

  async changedPaths(
    source: SourceCommit,
    base: string,
    compare: Compare,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    checkSource(source);
    checkCommitName(base);
    const mirrors = ([1, 'without-files'] as const).map((extent) => this.mirrors.path(wanted(source, extent)));
    return this.mirrors.mending(mirrors, () => this.#compare(source, base, compare, signal), signal);
  }

  async #compare(
    source: SourceCommit,
    base: string,
    compare: Compare,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const mirror = await this.#withBoth(source, base, compare, signal);
    const from = compare === 'direct' ? base : await this.#mergeBase(mirror, base, source.commit, signal);
    // without looking for renames, a renamed file is one that went and one that came
    const args = ['diff-tree', '-r', '-z', '--name-only', '--no-renames', '--no-ext-diff', from, source.commit];
    const listing = await this.#run(mirror, args, signal, { maxOutputBytes: maxListingBytes });
    if (listing.exitCode !== 0) throw localFailure('comparing commits', listing);
    const paths = listing.stdout
      .toString()
      .split('\0')
      .filter((path) => path !== '');
    if (paths.length > maxPaths) throw tooMany(paths.length);
    return paths;
  }

  /** A mirror that holds both commits, for `merge_base` with all that lies between them, but without files. */
  async #withBoth(source: SourceCommit, base: string, compare: Compare, signal: AbortSignal): Promise<string> {
    const [here, there] = [wanted(source, 1), { ...wanted(source, 1), commit: base }];
    if (compare === 'direct' && (await this.mirrors.has(here)) && (await this.mirrors.has(there))) {
      return this.mirrors.path(here);
    }
    const mirror = await this.mirrors.provide(wanted(source, 'without-files'), signal);
    const { exitCode } = await this.#run(mirror, ['cat-file', '-e', `${base}^{commit}`], signal);
    if (exitCode !== 0) await this.mirrors.provide({ ...wanted(source, 'without-files'), commit: base }, signal);
    return mirror;
  }

  /** Without a common commit everything on the commit's side counts as changed: it is compared with nothing. */
  async #mergeBase(mirror: string, base: string, commit: string, signal: AbortSignal): Promise<string> {
    const result = await this.#run(mirror, ['merge-base', base, commit], signal);
    if (result.exitCode === 0) return result.stdout.toString().trim();
    if (result.exitCode !== 1) throw localFailure('looking for the common commit', result);
    const empty = await this.#run(mirror, ['hash-object', '-t', 'tree', '--stdin'], signal, { input: '' });
    return empty.stdout.toString().trim();
  }

  #run(
    mirror: string,
    args: readonly string[],
    signal: AbortSignal,
    limits: { readonly maxOutputBytes?: number; readonly input?: string } = {},
  ): Promise<GitResult> {
    return this.runner.run({ args: [`--git-dir=${mirror}`, ...args], timeoutMs, signal, ...limits });
  }
}

function checkSource({ repositoryUrl, commit, ref }: SourceCommit): void {
  checkRepositoryUrl(repositoryUrl);
  checkCommitName(commit);
  checkRefName(ref);
}

function wanted<E extends MirrorExtent>({ repositoryUrl: url, commit, ref, access }: SourceCommit, extent: E) {
  return { url, commit, ref, access, extent };
}

function tooMany(count: number): DanubeError {
  return new DanubeError('too_many_changed_paths', `${count} files differ; at most ${maxPaths} are compared`, {
    category: 'invalid',
  });
}
