import { processFiles } from '../../step-supervisor/process-folder.js';
import { podProcessFolder, superviseProcess } from './pod-process.js';

const folder = podProcessFolder(0);

/** The file by which the master says that it has all of the coordinator's output and its end. */
const takenFile = `${folder}/taken`;

/** Lets the coordinator's container end. */
export const takenScript = `: >${takenFile}`;

/**
 * The program of the coordinator's container: the coordinator under its supervisor, then waiting until the master has all
 * of it, because output cannot be read from a container that has ended. At TERM it ends at once.
 */
export function coordinatorProgram(jobId: string): string {
  const { marks, command } = superviseProcess({ jobId, sequence: 0 }, '"$(date +%s%3N)"');
  return `umask 002
trap 'exit 143' TERM
(
${marks}
exec ${command}
) &
wait "$!"
read -r code rest <${folder}/${processFiles.exit}
until [ -e ${takenFile} ]; do
  sleep 1 &
  wait "$!"
done
exit "\${code:-1}"
`;
}
