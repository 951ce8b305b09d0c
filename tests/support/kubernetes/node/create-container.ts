import { containerSpec, userOf } from '../container/container-spec.js';
import type { Images } from '../container/images.js';
import { Launcher } from '../container/launcher.js';
import type { Container, Pod } from '../types.js';
import { imageMissing, rootRefused, secretMissing, type CannotCreate } from './container-states.js';
import type { PodFolders } from './pod-folders.js';

/** The name that the kubelet has for a pod in its messages. */
export function podLabel({ metadata: { name, namespace = '', uid } }: Pod): string {
  return `${name}_${namespace}(${uid})`;
}

/** Starts the program of a container, or says why the kubelet would not get that far. */
export function createContainer(
  pod: Pod,
  container: Container,
  images: Images,
  podFolders: PodFolders,
): Launcher | CannotCreate {
  const kind = images.kind(container.image);
  if (kind === 'missing') return imageMissing(container.image);
  const ofPod = pod.spec.securityContext;
  const mustNotBeRoot = container.securityContext?.runAsNonRoot ?? ofPod?.runAsNonRoot;
  if (mustNotBeRoot === true && userOf(pod, container) === 0) {
    return rootRefused(podLabel(pod), container.name, container.securityContext?.runAsUser ?? ofPod?.runAsUser);
  }
  const secret = container.env?.find(({ valueFrom }) => valueFrom?.secretKeyRef)?.valueFrom?.secretKeyRef?.name;
  if (secret !== undefined) return secretMissing(secret);
  const folders = podFolders.ofContainer(container);
  return new Launcher('run.py', containerSpec(pod, container, images, kind, folders), 'ignore');
}
