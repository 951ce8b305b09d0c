import type { V1PodSecurityContext, V1SecurityContext } from '@kubernetes/client-node';
import { podUser } from '../pod-layout.js';

/** The group makes the volumes writable for workers of any user. */
export const podSecurity: V1PodSecurityContext = {
  fsGroup: podUser,
  fsGroupChangePolicy: 'OnRootMismatch',
  seccompProfile: { type: 'RuntimeDefault' },
};

/** Of Danube's own containers. */
export const ownSecurity: V1SecurityContext = {
  runAsUser: podUser,
  runAsGroup: podUser,
  runAsNonRoot: true,
  readOnlyRootFilesystem: true,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
};

/** Of the pipeline's containers: the user is that of the image. */
export function workerSecurity(capabilities: readonly string[]): V1SecurityContext {
  return {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'], ...(capabilities.length === 0 ? {} : { add: [...capabilities] }) },
  };
}
