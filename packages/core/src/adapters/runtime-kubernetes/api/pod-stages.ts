import type { V1Pod } from '@kubernetes/client-node';

export type PodStage = 'created' | 'scheduled' | 'running' | 'succeeded' | 'failed';

/** The stages of its life that a pod shows to have reached. */
export function stagesOf({ spec, status }: V1Pod): readonly PodStage[] {
  const phase = status?.phase;
  return [
    'created',
    ...(spec?.nodeName === undefined ? [] : ['scheduled' as const]),
    ...(phase === 'Running' || phase === 'Succeeded' ? ['running' as const] : []),
    ...(phase === 'Succeeded' ? ['succeeded' as const] : []),
    ...(phase === 'Failed' ? ['failed' as const] : []),
  ];
}
