import { FakeClock } from '@danube/test-support/fake-clock.js';
import { at, bounds, ended, podWith, working } from '@danube/test-support/kubernetes/observed-pod.js';
import { describe, expect, test } from 'vitest';
import { podState } from '../state/pod-state.js';
import { LostSteps } from './lost-steps.js';

const healthy = podWith(working);
const restarted = podWith({ ...working, workerMore: { restartCount: 1, lastState: ended(137, 'OOMKilled') } });

describe('a process whose supervisor is gone', () => {
  function begin() {
    const clock = new FakeClock(at(45).getTime());
    const lost = new LostSteps(clock, () => bounds);
    const explain = (pod: typeof healthy, sequence = 1) =>
      lost.explain(sequence, { pod, state: podState(pod, clock.now(), bounds) });
    return { clock, lost, explain };
  }

  test('is lost for the reason that its worker ended, as soon as the cluster tells', () => {
    const { lost, explain } = begin();
    expect(explain(restarted)).toBeUndefined();
    lost.markGone(1);
    expect(explain(healthy)).toBeUndefined();
    expect(explain(restarted)).toMatch(/ran out of memory/);
  });

  test('is lost by itself where the cluster tells nothing for a while', () => {
    const { clock, lost, explain } = begin();
    lost.markGone(1);
    clock.advance(4999);
    expect(explain(healthy)).toBeUndefined();
    clock.advance(1);
    expect(explain(healthy)).toMatch(/supervisor was killed/);
    expect(explain(healthy, 2)).toBeUndefined();
  });

  test('is not blamed on an end of the worker that was long ago, nor is the coordinator', () => {
    const { clock, lost, explain } = begin();
    lost.markGone(0);
    expect(explain(restarted, 0)).toBeUndefined();
    clock.advance(120_000);
    lost.markGone(1);
    expect(explain(restarted)).toBeUndefined();
    clock.advance(5000);
    expect([explain(restarted), explain(restarted, 0)]).toEqual([
      expect.stringMatching(/supervisor was killed/),
      expect.stringMatching(/supervisor was killed/),
    ]);
  });
});
