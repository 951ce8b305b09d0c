import { timestamp, type Terminated } from '../types.js';

export interface Waiting {
  readonly reason: string;
  readonly message: string;
}

/** Why there is no container yet, and what the state becomes when the kubelet looks again. */
export interface CannotCreate {
  readonly waiting: Waiting;
  readonly then?: Waiting;
}

export function imageMissing(image: string): CannotCreate {
  const message = `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`;
  return {
    waiting: { reason: 'ErrImagePull', message },
    then: { reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}": ErrImagePull: ${message}` },
  };
}

export function rootRefused(podLabel: string, container: string, uid: number | undefined): CannotCreate {
  const why =
    uid === 0
      ? "container's runAsUser breaks non-root policy"
      : 'container has runAsNonRoot and image will run as root';
  const message = `${why} (pod: "${podLabel}", container: ${container})`;
  return { waiting: { reason: 'CreateContainerConfigError', message } };
}

/** The stand-in has no secrets at all. */
export function secretMissing(name: string): CannotCreate {
  return { waiting: { reason: 'CreateContainerConfigError', message: `secret "${name}" not found` } };
}

/** The states after a program that could not be started: of the attempt, and of the wait for the next. */
export function notCreated(error: string, containerID: string): { terminated: Terminated; waiting: Waiting } {
  const message = `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${error}: unknown`;
  return {
    terminated: {
      exitCode: 128,
      reason: 'StartError',
      message,
      startedAt: '1970-01-01T00:00:00Z',
      finishedAt: timestamp(),
      containerID,
    },
    waiting: { reason: 'RunContainerError', message },
  };
}

export function crashLoop(container: string, podLabel: string): Waiting {
  return {
    reason: 'CrashLoopBackOff',
    message: `back-off 10s restarting failed container=${container} pod=${podLabel}`,
  };
}
