import { access, mkdir, mkdtemp, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { quoteForGitConfig } from './git-config-text.js';

function configText(core: string, commit: string, rest: string): string {
  const sha256 = commit.length === 64;
  const format = sha256 ? '\trepositoryformatversion = 1\n' : '\trepositoryformatversion = 0\n';
  return `[core]\n${format}${core}${sha256 ? '[extensions]\n\tobjectFormat = sha256\n' : ''}${rest}`;
}

/** An empty bare repository, in place at once or not at all. Written by hand: `git init` costs a process. */
export async function createBareRepository(folder: string, commit: string): Promise<void> {
  const exists = await access(folder).then(
    () => true,
    () => false,
  );
  if (exists) return;
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(`${folder}.new-`);
  await Promise.all([
    mkdir(join(draft, 'objects', 'info'), { recursive: true }),
    mkdir(join(draft, 'refs', 'danube', 'commits'), { recursive: true }),
    writeFile(join(draft, 'HEAD'), 'ref: refs/heads/main\n'),
    writeFile(join(draft, 'config'), configText('\tbare = true\n', commit, '')),
  ]);
  await rename(draft, folder);
}

export interface WorkspaceSource {
  readonly url: string;
  readonly commit: string;
  readonly mirror: string;
  /** Commits whose parents are not there. */
  readonly historyEnds: readonly string[];
  /** Lines of `object ref`. */
  readonly tags: string;
}

/** A `.git` that stands at the commit and borrows its objects from the mirror, so that nothing is copied. */
export async function createWorkspaceRepository(workspace: string, source: WorkspaceSource): Promise<void> {
  const folder = join(workspace, '.git');
  await mkdir(join(folder, 'objects', 'info'), { recursive: true });
  const remote = `[remote "origin"]\n\turl = ${quoteForGitConfig(source.url)}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n`;
  await Promise.all([
    mkdir(join(folder, 'refs')),
    writeFile(join(folder, 'objects', 'info', 'alternates'), `${join(source.mirror, 'objects')}\n`),
    writeFile(join(folder, 'HEAD'), `${source.commit}\n`),
    writeFile(join(folder, 'config'), configText('\tbare = false\n', source.commit, remote)),
    ...(source.historyEnds.length === 0
      ? []
      : [writeFile(join(folder, 'shallow'), source.historyEnds.map((commit) => `${commit}\n`).join(''))]),
    ...(source.tags === '' ? [] : [writeFile(join(folder, 'packed-refs'), source.tags)]),
  ]);
}
