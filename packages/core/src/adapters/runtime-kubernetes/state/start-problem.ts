import type { V1ContainerStateWaiting } from '@kubernetes/client-node';
import { clusterWords } from './cluster-words.js';
import { describeEnd, missingShell } from './container-end.js';
import type { ObservedContainer } from './container-status.js';

/** Why a container does not start. */
export interface StartProblem {
  readonly words: string;
  /** Whether time can help: a registry may come back, but a wrong name stays wrong. */
  readonly final: boolean;
}

const pulling = new Set(['ErrImagePull', 'ImagePullBackOff', 'RegistryUnavailable', 'ImageInspectError']);
const wrongName = new Set(['InvalidImageName', 'ErrImageNeverPull']);
const failing = new Set(['CreateContainerError', 'RunContainerError', 'PostStartHookError']);

function describe(
  container: ObservedContainer,
  { reason = '', message }: V1ContainerStateWaiting,
): StartProblem | undefined {
  const { name, image } = container;
  if (pulling.has(reason)) {
    const help = 'check its name, and kubernetes.image_pull_secrets where its registry is private';
    return {
      words: `the image "${image}" of the container "${name}" cannot be pulled: ${clusterWords(message)}; ${help}`,
      final: false,
    };
  }
  if (wrongName.has(reason)) {
    return {
      words: `"${image}" is no image that the container "${name}" can have: ${clusterWords(message)}`,
      final: true,
    };
  }
  if (reason === 'CreateContainerConfigError') {
    return {
      words: `the container "${name}" cannot be made as it was asked for: ${clusterWords(message)}`,
      final: true,
    };
  }
  if (failing.has(reason)) {
    return { words: `the container "${name}" cannot be started: ${clusterWords(message)}`, final: false };
  }
  return undefined;
}

/** Undefined while the container is on its way, or runs, or has run. */
export function startProblem(container: ObservedContainer): StartProblem | undefined {
  const { state, lastState } = container.status ?? {};
  const waiting = state?.waiting;
  if (waiting === undefined) return undefined;
  const last = lastState?.terminated;
  const shell = missingShell(container, waiting.message) ?? missingShell(container, last?.message);
  if (shell !== undefined) return { words: shell, final: true };
  if (waiting.reason === 'CrashLoopBackOff' && last !== undefined) {
    return { words: `${describeEnd(container, last)}, again and again`, final: false };
  }
  return describe(container, waiting);
}
