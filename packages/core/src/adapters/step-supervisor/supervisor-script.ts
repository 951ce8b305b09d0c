/** How a supervisor is recognised among the processes of a machine: its `$0`. */
export const supervisorName = 'danube-supervisor';
/** Set in the environment of a supervisor's own children, and of no command's; the value is the process folder. */
export const copierMark = 'DANUBE_COPIER_OF';
/** Set in the environment of what stands before a command to isolate it, and of no command's. */
export const launcherMark = 'DANUBE_LAUNCHER';

/** Runs the command of the process folder `$1` in the working directory `$2`; the variables are set only here. */
const launchScript = `unset ${launcherMark}
. "$1/env"
cd "$2" 2>/dev/null || { echo 'danube: the workspace is gone' >&2; exit 126; }
exec /bin/sh "$1/command"`;

/**
 * The program that starts a command, keeps its output and records its end, on any POSIX shell. It outlives whoever
 * started it. Arguments: the process folder, the working directory, the time now in milliseconds since the epoch; and what
 * stands before the command, if anything isolates it.
 *
 * - Creating `claim` exclusively is its first act: of several supervisors of one folder only one goes on.
 * - Before the command starts, the exit record has its place on the disk already, filled with blanks, so that a disk
 *   that the command fills up cannot keep its end from being known. One write over the blanks puts the record in place:
 *   it spares the process that a rename would take, and whatever part of it a reader sees is not a record yet (see
 *   parseExitRecord). What cannot be written is tried again until it can.
 * - The command writes into pipes and `cat` copies them into the files, although the files themselves would spare three
 *   processes: who opens /dev/stderr, as `tee /dev/stderr` does, would truncate a file and lose what is in it.
 * - A command that runs as another user may open its pipes by name as well.
 * - A copier that cannot write, as on a full disk, ends and takes with it what it had read: the record says so, and such
 *   a process is no success.
 * - The record waits for the copiers to reach the end of their pipes. A daemon that keeps a pipe open delays it by no
 *   more than a tenth of a second where the copier sleeps, having copied all that there was, and by a second where the
 *   daemon floods it.
 * - It alone holds the pipe `alive` open: whoever opens that for reading and finds no writer knows that it is gone, also
 *   from another container, where its process cannot be seen.
 * - It handles TERM by doing nothing, so that a signal to the whole group ends the command and not the record.
 * - Time passes on the machine's uptime clock: reading it costs no process, and nobody turns it back.
 */
export const supervisorScript = `
trap : HUP INT TERM
folder=$1
cd "$1" || exit
set -C
exec 9>claim || exit
set +C
uptime() {
  if read -r up idle </proc/uptime; then uptime=$((\${up%.*} * 100 + 1\${up#*.} - 100)); else uptime=$(($(date +%s) * 100)); fi
}
again() {
  sleep 1
  [ -e "$folder" ] || exit
}
birth() {
  shift 19
  birth=$1
}
read -r stat </proc/$$/stat && birth \${stat##*) }
read -r boot </proc/sys/kernel/random/boot_id
uptime
begun=$uptime
until printf '%s %s %s\\n' "$$" "\${birth:--}" "\${boot:--}" >&9; do again; done
exec 9>&-
until printf '%127s\\n' '' >exit; do again; done
until mkfifo -m 622 out.pipe err.pipe && mkfifo -m 644 alive; do
  rm -f out.pipe err.pipe alive
  again
done
exec 8<>alive
copy() {
  exec 8>&-
  trap '' HUP INT TERM
  export ${copierMark}="$1"
  exec cat <"$2.pipe" >>"$2"
}
drained() {
  while [ -e "/proc/$1/exe" ]; do
    uptime
    [ $((uptime - ended)) -lt 100 ] || return 0
    if [ $((uptime - ended)) -ge 10 ] && read -r stat <"/proc/$1/stat"; then
      case \${stat##*) } in S*) return 0 ;; esac
    fi
  done
  wait "$1"
}
copy "$1" out &
out=$!
copy "$1" err &
err=$!
(
  if [ $# -gt 3 ]; then
    shift 3
    export ${launcherMark}=1
    exec "$@"
  fi
  ${launchScript}
) </dev/null >out.pipe 2>err.pipe 8>&-
code=$?
uptime
ended=$uptime
output=kept
drained "$out" || output=cut
drained "$err" || output=cut
until printf '%s %s %s %s\\n' "$code" "$3" "$(($3 + (ended - begun) * 10))" "$output" 1<>exit; do again; done
`;

/** Arguments for `/bin/sh` that run the supervisor of one process folder. `launcher` are words before the command. */
export function supervisorArguments(
  folder: string,
  workingDirectory: string,
  now: number,
  launcher: readonly string[] = [],
): readonly string[] {
  const launched = [...launcher, '/bin/sh', '-c', launchScript, 'danube-step', folder, workingDirectory];
  return [
    ...['-c', supervisorScript, supervisorName, folder, workingDirectory, String(now)],
    ...(launcher.length === 0 ? [] : launched),
  ];
}
