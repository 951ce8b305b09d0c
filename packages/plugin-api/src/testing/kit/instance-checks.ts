import type { PluginInstance } from '../../contribution.js';
import { assertNoSecret, settled } from './failures.js';
import { abortWhileItHangs } from './remote-checks.js';
import type { Samples, Setting } from './setting.js';
import type { Check } from './subject.js';

/** What every instance promises about its life. */
export function instanceChecks<
  Instance extends PluginInstance,
  S extends Setting,
  Given extends Samples<S>,
>(): readonly Check<Instance, S, Given>[] {
  return [
    {
      name: 'it starts, is healthy, and stops',
      run: ({ use }) => use(({ instance }) => instance.checkHealth?.(new AbortController().signal)),
    },
    {
      name: 'start ends when it is aborted',
      run: ({ make }) =>
        make(async (trial) => {
          await abortWhileItHangs(trial, (signal) => trial.instance.start?.(signal));
          await trial.instance.stop?.();
        }),
    },
    {
      name: 'checkHealth ends when it is aborted',
      run: ({ use }) => use((trial) => abortWhileItHangs(trial, (signal) => trial.instance.checkHealth?.(signal))),
    },
    {
      name: 'stop is safe after a start that failed',
      run: ({ make }) =>
        make(async ({ instance, setting }) => {
          setting.remote?.breakDown();
          await instance.start?.(AbortSignal.abort()).catch(() => undefined);
          const result = instance.stop === undefined ? undefined : await settled(instance.stop());
          if (result?.status === 'rejected') throw result.reason;
        }),
    },
    {
      name: 'printing an instance shows no secret',
      run: ({ use }) => use(({ instance, setting }) => assertNoSecret(instance, setting, 'the instance')),
    },
  ];
}
