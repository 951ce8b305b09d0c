import { copierMark, supervisorName } from '../../step-supervisor/supervisor-script.js';
import { mounts } from '../pod-layout.js';

/** How long what was killed may take to go. */
const surrenderSeconds = 15;

/**
 * Ends the processes of the container that runs this: those of one sequence, or of all. TERM, after the grace KILL;
 * supervisors and their copiers are left to end by themselves, so that the end is on record. Its exit code is 1 when some
 * remain. What cleaned its environment is not found; it ends with the pod.
 */
export function stopProcessesScript(sequence: number | 'all', graceMs: number): string {
  const mark = 'DANUBE_SEQUENCE=';
  const pattern = sequence === 'all' ? `*${mark}*` : `*${mark}${sequence}[!0-9]*|*${mark}${sequence}`;
  // the shell drops the NUL bytes between the variables: hence the digit that must not follow
  return `of_the_job() {
  environment=$(cat "/proc/$1/environ") || return 1
  case $environment in *${copierMark}=*) return 1 ;; esac
  case $environment in ${pattern}) ;; *) return 1 ;; esac
  case $(cat "/proc/$1/cmdline") in *${supervisorName}${mounts.supervisor}/*) return 1 ;; esac
}
find_all() {
  found=
  for entry in /proc/[0-9]*; do
    if of_the_job "\${entry#/proc/}" 2>/dev/null; then found="$found \${entry#/proc/}"; fi
  done
  [ -n "$found" ]
}
uptime() {
  read -r up idle </proc/uptime
  uptime=$((\${up%.*} * 1000 + 1\${up#*.}0 - 1000))
}
uptime
begun=$uptime
asked=
while find_all; do
  uptime
  if [ $((uptime - begun)) -ge ${graceMs} ]; then
    [ $((uptime - begun)) -lt ${graceMs + surrenderSeconds * 1000} ] || exit 1
    kill -STOP $found 2>/dev/null
    kill -KILL $found 2>/dev/null
  else
    for pid in $found; do
      case " $asked " in *" $pid "*) ;; *)
        asked="$asked $pid"
        kill -TERM "$pid" 2>/dev/null ;;
      esac
    done
  fi
  sleep 0.1 2>/dev/null || sleep 1
done
exit 0`;
}
