/** How a supervisor is recognised among the processes of a machine: its `$0`. */
export const supervisorName = 'danube-supervisor';

/**
 * The program that starts a command, keeps its output and records its end, on any POSIX shell. It outlives whoever
 * started it. Arguments: the process folder, the working directory, the time now in milliseconds since the epoch.
 *
 * - Creating `claim` exclusively is its first act: of several supervisors of one folder only one goes on.
 * - Before the command starts, the exit record has its place on the disk already, filled with blanks, so that a disk
 *   that the command fills up cannot keep its end from being known. One write over the blanks puts the record in place:
 *   it spares the process that a rename would take, and whatever part of it a reader sees is not a record yet (see
 *   parseExitRecord). What cannot be written is tried again until it can.
 * - Output goes into files that are not opened for appending: where a command opens /dev/stderr by name, and so
 *   truncates the file, what it writes afterwards still stands at the offset from which it is read.
 * - It handles TERM by doing nothing, so that a signal to the whole group ends the command and not the record.
 * - Time passes on the machine's uptime clock: reading it costs no process, and nobody turns it back.
 */
export const supervisorScript = `
trap : HUP INT TERM
cd "$1" || exit
set -C
exec 9>claim || exit
set +C
uptime() {
  if read -r up idle </proc/uptime; then uptime=$((\${up%.*} * 100 + 1\${up#*.} - 100)); else uptime=$(($(date +%s) * 100)); fi
}
birth() {
  shift 19
  birth=$1
}
read -r stat </proc/$$/stat && birth \${stat##*) }
read -r boot </proc/sys/kernel/random/boot_id
uptime
begun=$uptime
until printf '%s %s %s\\n' "$$" "\${birth:--}" "\${boot:--}" >&9; do sleep 1; done
exec 9>&-
until printf '%127s\\n' '' >exit; do sleep 1; done
(
  . ./env
  cd "$2" || exit
  exec /bin/sh "$1/command"
) </dev/null >out 2>err
code=$?
uptime
until printf '%s %s %s\\n' "$code" "$3" "$(($3 + (uptime - begun) * 10))" 1<>exit; do sleep 1; done
`;

/** Arguments for `/bin/sh` that run the supervisor of one process folder. */
export function supervisorArguments(folder: string, workingDirectory: string, now: number): readonly string[] {
  return ['-c', supervisorScript, supervisorName, folder, workingDirectory, String(now)];
}
