import type { V1Container, V1EphemeralContainer } from '@kubernetes/client-node';
import type { StepSpec } from '../../../services/ports/job-runtime.js';
import { mounts, stepContainer } from '../pod-layout.js';
import { podProcessFolder } from '../scripts/pod-process.js';
import { superviseFile } from '../scripts/start-process.js';

/** When the container was added, in milliseconds since the epoch: the cluster does not keep that. */
export const addedAtVariable = 'DANUBE_CONTAINER_ADDED_AT';

/**
 * The container of a step with an image of its own, to be added to a running pod: with the volumes and the rights of the
 * pod's worker. Kubernetes gives such containers no resources of their own.
 */
export function stepContainerManifest(
  { sequence }: Pick<StepSpec, 'sequence'>,
  image: string,
  worker: V1Container,
  now: number,
): V1EphemeralContainer {
  return {
    name: stepContainer(sequence),
    image,
    command: ['/bin/sh', `${podProcessFolder(sequence)}/${superviseFile}`],
    workingDir: mounts.workspace,
    env: [{ name: addedAtVariable, value: String(now) }],
    ...(worker.securityContext === undefined ? {} : { securityContext: worker.securityContext }),
    ...(worker.volumeMounts === undefined ? {} : { volumeMounts: worker.volumeMounts }),
  };
}
