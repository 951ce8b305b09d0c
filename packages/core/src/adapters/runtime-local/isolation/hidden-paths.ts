import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Bubblewrap } from './isolation.js';

export type HiddenPaths = Pick<Bubblewrap, 'hidden' | 'masked' | 'visible'>;

export interface PathsOfServer {
  /** Folders with what is not for jobs: data, configuration, the home of the server's user. */
  readonly secretFolders: readonly string[];
  readonly secretFiles: readonly string[];
  /** What every job reads: Python, the SDK. */
  readonly needed: readonly string[];
}

/** Sockets of the machine's services are in there, and who can reach one can do much. */
const runtimeFolder = '/run';
/** Covered by a folder of the job. */
export const temporaryFolders = ['/tmp', '/var/tmp'];

/** What to hide from jobs of what there is, and what has to stay visible although it lies in one of these folders. */
export function hiddenPaths({ secretFolders, secretFiles, needed }: PathsOfServer): HiddenPaths {
  const hidden = existing([runtimeFolder, ...secretFolders]).filter((path) => path !== '/');
  const within = (path: string, folders: readonly string[]) => folders.some((folder) => path.startsWith(`${folder}/`));
  const covered = [...hidden, ...temporaryFolders];
  // name resolution, and systems that keep their programs under /run
  const ofTheMachine = [...existing(['/etc/resolv.conf']).map(dirname), '/run/current-system', '/run/opengl-driver'];
  return {
    hidden,
    masked: existing(secretFiles).filter((path) => !within(path, covered)),
    visible: existing([...needed, ...ofTheMachine]).filter(
      (path) => within(path, covered) && !hidden.some((folder) => folder === path || within(folder, [path])),
    ),
  };
}

/** Without symbolic links, each once. */
function existing(paths: readonly string[]): readonly string[] {
  const real = paths.map((path) => {
    try {
      return realpathSync(path);
    } catch {
      return undefined;
    }
  });
  return [...new Set(real.filter((path) => path !== undefined))];
}
