import type { Ignored } from '@danube/plugin-api';

export function ignored(reason: string): Ignored {
  return { kind: 'ignored', reason };
}
