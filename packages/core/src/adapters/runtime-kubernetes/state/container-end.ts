import type { V1ContainerStateTerminated } from '@kubernetes/client-node';
import { containers } from '../pod-layout.js';
import { clusterWords } from './cluster-words.js';
import type { ObservedContainer } from './container-status.js';

const killed = 137;
const terminated = 143;

/** Whether somebody ended the container, rather than its program. */
export function wasKilled({ exitCode, reason }: V1ContainerStateTerminated): boolean {
  return (
    exitCode === killed || exitCode === terminated || reason === 'OOMKilled' || reason === 'ContainerStatusUnknown'
  );
}

export function ranOutOfMemory({ reason }: V1ContainerStateTerminated): boolean {
  return reason === 'OOMKilled';
}

/** The words for an image that cannot run a shell; undefined for other troubles. */
export function missingShell({ image }: ObservedContainer, message: string | undefined): string | undefined {
  if (!/\/bin\/sh/.test(message ?? '')) return undefined;
  if (!/executable file not found|no such file or directory/i.test(message ?? '')) return undefined;
  return `the image "${image}" has no /bin/sh, which steps need; use an image with a shell`;
}

function outOfMemory({ name, memoryLimit }: ObservedContainer): string {
  const limit = memoryLimit === undefined ? 'it shares the limits of its pod' : `its limit is ${memoryLimit}`;
  const setting =
    name === containers.coordinator ? "the instance's kubernetes.coordinator_resources" : 'kubernetes.resources';
  return `the container "${name}" ran out of memory (${limit}); raise the memory in ${setting}, or use less`;
}

/** Why a container ended, in words that say what to do. */
export function describeEnd(container: ObservedContainer, end: V1ContainerStateTerminated): string {
  const { name } = container;
  if (ranOutOfMemory(end)) return outOfMemory(container);
  const shell = missingShell(container, end.message);
  if (shell !== undefined) return shell;
  if (end.reason === 'StartError' || end.reason === 'ContainerCannotRun') {
    return `the container "${name}" could not be started: ${clusterWords(end.message)}`;
  }
  if (end.reason === 'ContainerStatusUnknown') return `the cluster lost sight of the container "${name}"`;
  return `the container "${name}" ended with exit code ${end.exitCode}${end.exitCode === killed ? ' (killed)' : ''}`;
}
