import type { V1Container } from '@kubernetes/client-node';
import type { PodOptions } from '../../../domain/kubernetes/pod-options.js';
import { processFiles } from '../../step-supervisor/process-folder.js';
import { containers, mounts, podPaths } from '../pod-layout.js';
import { podProcessFolder } from '../scripts/pod-process.js';
import { resourceRequirements } from './resource-requirements.js';
import { ownSecurity, workerSecurity } from './security.js';
import {
  checkoutTemporaryMount,
  coordinatorTemporaryMount,
  credentialsMount,
  privateMount,
  supervisorMount,
  workspaceMount,
} from './volumes.js';

/** As PID 1 a shell takes no notice of TERM by itself. The program comes through exec, never in the manifest. */
const checkoutCommand =
  `trap 'exit 143' TERM; until [ -e ${podPaths.checkoutReady} ]; do sleep 0.05; done; ` +
  `exec /bin/sh ${podPaths.checkoutProgram}`;

const coordinator = podProcessFolder(0);
/** For the master to read what a coordinator that was killed has written last: its own container is gone by then. */
const lingerHalfSeconds = 16;

/**
 * Waiting for children of its own is what makes a shell reap those that steps leave behind too. At TERM it ends at once,
 * unless a coordinator has begun and has not recorded its end.
 */
export const workerCommand = `leave() {
  left=${lingerHalfSeconds}
  while [ -e ${coordinator}/${processFiles.claim} ] && [ "$left" -gt 0 ]; do
    read -r code rest <${coordinator}/${processFiles.exit} && case $code in [0-9]*) break ;; esac
    left=$((left - 1))
    sleep 0.5
  done
  exit 0
}
trap leave TERM
while :; do sleep 3600 & wait "$!"; done`;

const ownEnvironment = [
  { name: 'HOME', value: '/tmp' },
  { name: 'LANG', value: 'C.UTF-8' },
  { name: 'PYTHONUNBUFFERED', value: '1' },
];

/** It ends before the worker starts, so what the worker is given costs nothing more here. */
export function checkoutContainer(pod: PodOptions, image: string): V1Container {
  return {
    name: containers.checkout,
    image,
    command: ['/bin/sh', '-c', checkoutCommand],
    env: ownEnvironment,
    resources: resourceRequirements(pod.resources),
    securityContext: ownSecurity,
    volumeMounts: [workspaceMount, supervisorMount, privateMount, credentialsMount, checkoutTemporaryMount],
  };
}

/** A native sidecar: it runs before the coordinator starts, and ends after it. */
export function workerContainer(pod: PodOptions): V1Container {
  return {
    name: containers.worker,
    image: pod.image,
    command: ['/bin/sh', '-c', workerCommand],
    restartPolicy: 'Always',
    workingDir: mounts.workspace,
    resources: resourceRequirements(pod.resources),
    securityContext: workerSecurity(pod.capabilities),
    volumeMounts: [workspaceMount, supervisorMount],
  };
}

export function coordinatorContainer(pod: PodOptions, image: string): V1Container {
  return {
    name: containers.coordinator,
    image,
    command: ['/bin/sh', podPaths.coordinatorProgram],
    workingDir: mounts.workspace,
    env: ownEnvironment,
    resources: resourceRequirements(pod.coordinatorResources),
    securityContext: ownSecurity,
    volumeMounts: [workspaceMount, supervisorMount, privateMount, coordinatorTemporaryMount],
  };
}
