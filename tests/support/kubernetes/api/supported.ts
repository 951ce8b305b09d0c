import type { PodSpec } from '../types.js';
import { failure, Refusal } from './status.js';

const containerFields = ['envFrom', 'livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle', 'volumeDevices'];
const podFields = [
  'affinity',
  'topologySpreadConstraints',
  'hostAliases',
  'hostPID',
  'hostIPC',
  'shareProcessNamespace',
];

/** Refuses what a real cluster would do and the stand-in cannot, so that no test passes for want of it. */
export function checkSupported(spec: PodSpec): void {
  const refuse = (what: string): never => {
    throw new Refusal(501, failure(501, 'NotImplemented', `the stand-in for Kubernetes does not know ${what}`));
  };
  for (const field of podFields) if (field in spec) refuse(`spec.${field}`);
  for (const { name, emptyDir } of spec.volumes ?? [])
    if (!emptyDir) refuse(`another volume than emptyDir, as ${name} is`);
  for (const container of [...(spec.initContainers ?? []), ...spec.containers]) {
    for (const field of containerFields) if (field in container) refuse(`${field} of container ${container.name}`);
  }
}
