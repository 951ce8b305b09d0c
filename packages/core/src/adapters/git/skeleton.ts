import { access, mkdir, mkdtemp, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

function configText(core: string, commit: string, rest: string): string {
  const sha256 = commit.length === 64;
  const format = sha256 ? '\trepositoryformatversion = 1\n' : '\trepositoryformatversion = 0\n';
  return `[core]\n${format}${core}${sha256 ? '[extensions]\n\tobjectFormat = sha256\n' : ''}${rest}`;
}

function quoted(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
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

/**
 * A `.git` that stands at the commit and borrows its objects from the mirror, so that nothing is copied. The commit is
 * marked as shallow because the mirror need not have its parents.
 */
export async function createWorkspaceRepository(
  workspace: string,
  source: { readonly url: string; readonly commit: string; readonly mirror: string },
): Promise<void> {
  const folder = join(workspace, '.git');
  await mkdir(join(folder, 'objects', 'info'), { recursive: true });
  const remote = `[remote "origin"]\n\turl = ${quoted(source.url)}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n`;
  await Promise.all([
    mkdir(join(folder, 'refs')),
    writeFile(join(folder, 'objects', 'info', 'alternates'), `${join(source.mirror, 'objects')}\n`),
    writeFile(join(folder, 'HEAD'), `${source.commit}\n`),
    writeFile(join(folder, 'shallow'), `${source.commit}\n`),
    writeFile(join(folder, 'config'), configText('\tbare = false\n', source.commit, remote)),
  ]);
}
