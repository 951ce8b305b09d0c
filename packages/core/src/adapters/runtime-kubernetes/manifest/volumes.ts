import type { V1Volume, V1VolumeMount } from '@kubernetes/client-node';
import { mounts } from '../pod-layout.js';

const sizes = { supervisor: '4Gi', private: '16Mi', credentials: '4Mi', temporary: '256Mi' } as const;

export const workspaceMount: V1VolumeMount = { name: 'workspace', mountPath: mounts.workspace };
export const supervisorMount: V1VolumeMount = { name: 'danube', mountPath: mounts.supervisor };
export const privateMount: V1VolumeMount = { name: 'private', mountPath: mounts.private };
export const credentialsMount: V1VolumeMount = { name: 'credentials', mountPath: mounts.credentials };
/** Two of them: what the checkout leaves there is not for the pipeline file. */
export const checkoutTemporaryMount: V1VolumeMount = { name: 'checkout-tmp', mountPath: '/tmp' };
export const coordinatorTemporaryMount: V1VolumeMount = { name: 'coordinator-tmp', mountPath: '/tmp' };

export function podVolumes(workspaceSize: string): V1Volume[] {
  return [
    { name: workspaceMount.name, emptyDir: { sizeLimit: workspaceSize } },
    { name: supervisorMount.name, emptyDir: { sizeLimit: sizes.supervisor } },
    { name: privateMount.name, emptyDir: { medium: 'Memory', sizeLimit: sizes.private } },
    { name: credentialsMount.name, emptyDir: { medium: 'Memory', sizeLimit: sizes.credentials } },
    { name: checkoutTemporaryMount.name, emptyDir: { sizeLimit: sizes.temporary } },
    { name: coordinatorTemporaryMount.name, emptyDir: { sizeLimit: sizes.temporary } },
  ];
}
