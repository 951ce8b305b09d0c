import { dirname, join } from 'node:path';
import { processFiles } from '../../step-supervisor/process-folder.js';
import type { JobFolder } from '../job-folder.js';
import { becomeAccount } from './become-account.js';
import { temporaryFolders } from './hidden-paths.js';
import type { Bubblewrap } from './isolation.js';

/** Every sandbox begins with these; the check at the start of a server, too. */
export const namespaceWords = ['--unshare-pid', '--unshare-ipc', '--cap-drop', 'ALL'];
/** The machine as it is, but nothing of it can be written. */
export const machineWords = ['--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc'];
/** Gone with the change of the user. */
const keptForChange = ['--cap-add', 'CAP_SETUID', '--cap-add', 'CAP_SETGID'];

/**
 * What stands before a command of the job to run it in a sandbox of its own. There is no `--die-with-parent`: jobs go on
 * without their master.
 */
export function bubblewrapWords(
  { program, hidden, masked, visible, account }: Bubblewrap,
  folder: JobFolder,
  sequence: number,
  network: boolean,
): readonly string[] {
  const own = folder.process(sequence);
  const covers = [
    ...hidden.map((path) => ({ path, words: ['--tmpfs', path] })),
    ...temporaryFolders.map((path) => ({ path, words: ['--bind', folder.temporary, path] })),
  ].sort((a, b) => a.path.length - b.path.length);
  const readable = [folder.environmentFile, join(own, processFiles.env), join(own, processFiles.command)];
  const isCoordinator = sequence === 0;
  const shown = [
    ...visible.map((path) => ({ path, how: '--ro-bind-try' })),
    ...[folder.workspace, folder.home].map((path) => ({ path, how: '--bind' })),
    ...[...readable, ...(isCoordinator ? [folder.coordinator] : [])].map((path) => ({ path, how: '--ro-bind' })),
  ];
  return [
    ...[program, ...namespaceWords, ...(account === undefined ? [] : keptForChange)],
    // the coordinator talks to the master over it
    ...(network || isCoordinator ? [] : ['--unshare-net']),
    ...machineWords,
    // what lies in another covered folder comes after it
    ...covers.flatMap(({ words }) => words),
    ...masked.flatMap((path) => ['--ro-bind', '/dev/null', path]),
    ...foldersAbove(shown, [...hidden, ...temporaryFolders]).flatMap((path) => ['--dir', path]),
    ...shown.flatMap(({ path, how }) => [how, path, path]),
    ...['--chdir', '/', '--'],
    ...(account === undefined ? [] : becomeAccount(account)),
  ];
}

/** Those between a covered folder and what is shown of it; bubblewrap itself would make them for root only. */
function foldersAbove(shown: readonly { readonly path: string }[], covered: readonly string[]): readonly string[] {
  const folders = new Set<string>();
  for (const { path } of shown) {
    const cover = covered.filter((folder) => path.startsWith(`${folder}/`)).sort((a, b) => b.length - a.length)[0];
    if (cover === undefined) continue;
    for (let above = dirname(path); above !== cover; above = dirname(above)) folders.add(above);
  }
  return [...folders].sort((a, b) => a.length - b.length);
}
