import { spawnSync } from 'node:child_process';
import type { Isolation } from '@danube/core/adapters/runtime-local/isolation/isolation.js';

/** Why tests of this way to isolate jobs cannot run on this machine; undefined when they can. */
export function modeProblem(mode: Isolation['mode']): string | undefined {
  if (mode === 'bubblewrap') {
    const { status } = spawnSync('bwrap', [
      '--unshare-pid',
      '--ro-bind',
      '/',
      '/',
      '--proc',
      '/proc',
      '--',
      '/bin/true',
    ]);
    return status === 0 ? undefined : 'bubblewrap does not work here: install the package bubblewrap';
  }
  return mode === 'none' || process.getuid?.() === 0 ? undefined : 'only root can run jobs as another user';
}

/** All ways, each with why it cannot be tried here. */
export const isolationModes = (['none', 'bubblewrap', 'user'] as const).map((mode) => ({
  mode,
  problem: modeProblem(mode),
  title: modeProblem(mode) === undefined ? mode : `${mode} (skipped: ${modeProblem(mode)})`,
}));
