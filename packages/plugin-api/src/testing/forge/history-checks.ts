import assert from 'node:assert/strict';
import type { Forge, PushEvent } from '../../forge.js';
import { remoteChecks } from '../kit/remote-checks.js';
import type { Trial } from '../kit/subject.js';
import { assertSame } from './assert-same.js';
import { assertOutcome } from './event-shape.js';
import type { ForgeCheck } from './forge-check.js';
import type { ForgeSamples, ForgeSetting } from './forge-samples.js';

function recentPushes(
  { instance, setting }: Trial<Forge, ForgeSetting>,
  signal: AbortSignal,
  since = setting.history?.since ?? 0,
): Promise<readonly PushEvent[]> | undefined {
  return setting.history && instance.history?.recentPushes(setting.history.repository, since, signal);
}

export const historyChecks: readonly ForgeCheck[] = [
  {
    name: 'history: the pushes since a time come oldest first',
    run: ({ use }) =>
      use(async (trial) => {
        const pushes = await recentPushes(trial, new AbortController().signal);
        if (pushes === undefined) return;
        for (const push of pushes) assertOutcome(push, trial.instance);
        const { expected = [] } = trial.setting.history ?? {};
        assertSame({ ...pushes }, { ...expected }, 'recentPushes');
      }),
  },
  {
    name: 'history: there are no pushes since a time to come',
    run: ({ use }) =>
      use(async (trial) => {
        const pushes = await recentPushes(trial, new AbortController().signal, Date.now() + 86_400_000);
        assert.deepEqual(pushes ?? [], [], 'recentPushes answers pushes that were before the time');
      }),
  },
  ...remoteChecks<Forge, ForgeSetting, ForgeSamples>(
    'history.recentPushes',
    (trial, signal) => recentPushes(trial, signal),
    {
      saysWhen: true,
    },
  ),
];
