import type { V1ResourceRequirements } from '@kubernetes/client-node';
import { resourceNames, type Resources } from '../../../domain/kubernetes/resources.js';

const clusterNames = { cpu: 'cpu', memory: 'memory', ephemeralStorage: 'ephemeral-storage' } as const;

export function resourceRequirements(resources: Resources): V1ResourceRequirements {
  const amounts = (kind: 'request' | 'limit') =>
    Object.fromEntries(
      resourceNames.flatMap((name) => {
        const quantity = resources[name]?.[kind];
        return quantity === undefined ? [] : [[clusterNames[name], quantity]];
      }),
    );
  return { requests: amounts('request'), limits: amounts('limit') };
}
