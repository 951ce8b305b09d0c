import type { KubernetesSettings } from './kubernetes-settings.js';
import type { PodRequest, Toleration } from './pod-request.js';
import { type Refusal, allowedBy } from './refusal.js';

function covers(allowed: Toleration, wanted: Toleration): boolean {
  return (
    allowed.key === wanted.key &&
    (allowed.value === undefined || allowed.value === wanted.value) &&
    (allowed.effect === undefined || allowed.effect === wanted.effect)
  );
}

function describe({ key, value, effect }: Toleration): string {
  return `${key}${value === undefined ? '' : `=${value}`}${effect === undefined ? '' : `:${effect}`}`;
}

function refuseTolerations(wanted: readonly Toleration[], allowed: readonly Toleration[]): readonly Refusal[] {
  return wanted.flatMap((toleration, index) =>
    allowed.some((one) => covers(one, toleration))
      ? []
      : [
          {
            path: ['tolerations', index],
            message: `the toleration ${describe(toleration)} is not allowed`,
            suggestion: allowedBy('allowed_tolerations', allowed.map(describe)),
          },
        ],
  );
}

function refuseNodeSelector(
  wanted: PodRequest['nodeSelector'],
  allowed: KubernetesSettings['allowedNodeSelectors'],
): readonly Refusal[] {
  const pairs = Object.entries(allowed).flatMap(([key, values]) => values.map((value) => `${key}=${value}`));
  return Object.entries(wanted).flatMap(([key, value]) =>
    pairs.includes(`${key}=${value}`)
      ? []
      : [
          {
            path: ['node_selector', key],
            message: `the node selector ${key}=${value} is not allowed`,
            suggestion: allowedBy('allowed_node_selectors', pairs),
          },
        ],
  );
}

/** On which nodes a pod may not ask to be. */
export function refusePlacement(
  { nodeSelector, tolerations }: PodRequest,
  { allowedNodeSelectors, allowedTolerations }: KubernetesSettings,
): readonly Refusal[] {
  return [
    ...refuseNodeSelector(nodeSelector, allowedNodeSelectors),
    ...refuseTolerations(tolerations, allowedTolerations),
  ];
}
