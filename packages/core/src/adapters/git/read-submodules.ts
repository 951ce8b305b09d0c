import { appendFile, lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DanubeError } from '@danube/plugin-api';
import { quoteForGitConfig } from './git-config-text.js';
import { lastWords } from './git-failure.js';
import type { GitResult, GitRunner } from './git-runner.js';
import { submodulesRefused } from './submodule-failure.js';

export interface Submodule {
  readonly name: string;
  readonly path: string;
  /** As written. */
  readonly url: string;
  readonly commit: string;
}

const timeoutMs = 120_000;

/**
 * The submodules of the commit that is checked out in a workspace. Only what is committed counts: neither a link in place of
 * `.gitmodules` nor a command in it is followed, and a path is one of the commit's own.
 * @throws DanubeError `submodules_refused` (invalid)
 */
export async function readSubmodules(
  runner: GitRunner,
  workspace: string,
  signal: AbortSignal,
): Promise<readonly Submodule[]> {
  if (!(await isThere(join(workspace, '.gitmodules')))) return [];
  const run = (args: readonly string[]) => runner.run({ args, cwd: workspace, timeoutMs, signal });
  const settings = await run(['config', '--blob', 'HEAD:.gitmodules', '-z', '--list']);
  if (settings.exitCode !== 0) throw unreadable(settings);
  const declared = parseSettings(settings.stdout.toString()).filter(({ update }) => update !== 'none');
  const paths = declared.flatMap(({ path }) => (path === undefined ? [] : [path]));
  if (paths.length === 0) return [];
  const index = await run(['--literal-pathspecs', 'ls-files', '--stage', '-z', '--', ...paths]);
  if (index.exitCode !== 0) throw unreadable(index);
  const commits = parseIndex(index.stdout.toString());
  return declared.flatMap(({ name, path = '', url }) => {
    const commit = commits.get(path);
    if (commit === undefined) return [];
    if (url === undefined) throw submodulesRefused(`.gitmodules gives no url for "${path}"`);
    return [{ name, path, url, commit }];
  });
}

/** So that `git submodule` in a job knows what is there. */
export async function registerSubmodules(
  workspace: string,
  submodules: readonly { readonly name: string; readonly url: string }[],
): Promise<void> {
  const sections = submodules.map(
    ({ name, url }) => `[submodule ${quoteForGitConfig(name)}]\n\tactive = true\n\turl = ${quoteForGitConfig(url)}\n`,
  );
  await appendFile(join(workspace, '.git', 'config'), sections.join(''));
}

interface Declared {
  readonly name: string;
  readonly path?: string;
  readonly url?: string;
  readonly update?: string;
}

/** Records of `submodule.<name>.<key>`, a line end and the value. */
function parseSettings(listing: string): readonly Declared[] {
  const found = new Map<string, Record<string, string>>();
  for (const record of listing.split('\0')) {
    const match = /^submodule\.([\s\S]+)\.(path|url|update)\n([\s\S]*)$/.exec(record);
    if (match === null) continue;
    const [, name = '', key = '', value = ''] = match;
    found.set(name, { ...found.get(name), [key]: value });
  }
  return [...found].map(([name, settings]) => ({ ...settings, name }));
}

function parseIndex(listing: string): ReadonlyMap<string, string> {
  return new Map(
    listing.split('\0').flatMap((record): [string, string][] => {
      const match = /^160000 ([0-9a-f]+) 0\t([\s\S]+)$/.exec(record);
      return match === null ? [] : [[match[2] ?? '', match[1] ?? '']];
    }),
  );
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function unreadable({ stderr }: GitResult): DanubeError {
  return submodulesRefused(`.gitmodules cannot be used: ${lastWords(stderr)}`);
}
