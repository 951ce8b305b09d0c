import type { Container, Pod, PodSpec } from '../types.js';

/** What the one node has; undefined is more than anybody asks for. */
export interface NodeCapacity {
  readonly cpu?: string;
  readonly memory?: string;
}

const factors: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** The number that a quantity such as `500m` or `2Gi` stands for. */
export function readQuantity(quantity: string): number {
  const [, digits = '', unit = ''] = /^([0-9.eE+-]+?)([a-zA-Z]*)$/.exec(quantity) ?? [];
  return Number(digits) * (factors[unit] ?? 1);
}

/** Why the pod fits no node, in the words of the scheduler; undefined if it fits. */
export function whyUnschedulable(
  { spec }: Pod,
  capacity: NodeCapacity,
  nodeLabels: Readonly<Record<string, string>>,
): string | undefined {
  const reasons: string[] = [];
  for (const kind of ['cpu', 'memory'] as const) {
    const available = capacity[kind];
    if (available !== undefined && requested(spec, kind) > readQuantity(available))
      reasons.push(`Insufficient ${kind}`);
  }
  const unmatched = Object.entries(spec.nodeSelector ?? {}).some(([key, value]) => nodeLabels[key] !== value);
  if (unmatched) reasons.push("node(s) didn't match Pod's node affinity/selector");
  if (reasons.length === 0) return undefined;
  const why = reasons.map((reason) => `1 ${reason}`).join(', ');
  return `0/1 nodes are available: ${why}. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.`;
}

/** Init containers run alone, sidecars beside all that comes after them. */
function requested({ initContainers = [], containers }: PodSpec, kind: 'cpu' | 'memory'): number {
  const of = ({ resources }: Container) => readQuantity(resources?.requests?.[kind] ?? '0');
  const sum = (list: readonly Container[]) => list.reduce((total, container) => total + of(container), 0);
  const isSidecar = ({ restartPolicy }: Container) => restartPolicy === 'Always';
  const largestInit = Math.max(0, ...initContainers.filter((container) => !isSidecar(container)).map(of));
  const sidecars = sum(initContainers.filter(isSidecar));
  return Math.max(sum(containers), largestInit) + sidecars;
}
