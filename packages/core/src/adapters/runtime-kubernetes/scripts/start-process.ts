import { processFiles } from '../../step-supervisor/process-folder.js';
import { type PodProcess, placeProcess, podProcessFolder, superviseProcess } from './pod-process.js';
import { lines, putFile } from './shell.js';

/**
 * Starts a process in the container that runs this, detached from the stream that brought it. Running it again does
 * nothing: the folder's claim decides.
 */
export function startProcessScript(process: PodProcess, now: number): string {
  const { marks, command } = superviseProcess(process, String(now));
  return lines(unlessClaimed(process), ...placeProcess(process), marks, `${command} >/dev/null 2>&1 &`);
}

/** The file of a process folder that an own container runs. */
export const superviseFile = 'supervise';

/** Puts a process in place that a container of its own will run. */
export function placeProcessScript(process: PodProcess): string {
  const { marks, command } = superviseProcess(process, '"$(date +%s)000"');
  return lines(
    unlessClaimed(process),
    // the container's user is another one, of the same group
    'umask 002',
    ...placeProcess(process),
    putFile(`${podProcessFolder(process.sequence)}/${superviseFile}`, `${marks}\nexec ${command}\n`),
  );
}

function unlessClaimed({ sequence }: PodProcess): string {
  return `if [ -e ${podProcessFolder(sequence)}/${processFiles.claim} ]; then exit 0; fi`;
}
