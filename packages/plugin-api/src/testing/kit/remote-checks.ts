import assert from 'node:assert/strict';
import type { PluginInstance } from '../../contribution.js';
import { assertDanubeError, assertNoSecret, rejection, settled } from './failures.js';
import type { Samples, Setting } from './setting.js';
import type { Check, Trial } from './subject.js';

/** One call of an asynchronous method, or undefined where the instance has no such ability. */
type Call<Instance, S extends Setting> = (
  trial: Trial<Instance, S>,
  signal: AbortSignal,
) => Promise<unknown> | undefined;

const aborted = () => AbortSignal.abort(new DOMException('aborted by the kit', 'AbortError'));

/** What every asynchronous method promises about aborts and failures. */
export function remoteChecks<Instance extends PluginInstance, S extends Setting, Given extends Samples<S>>(
  method: string,
  call: Call<Instance, S>,
  options: { readonly saysWhen: boolean },
): readonly Check<Instance, S, Given>[] {
  const failure = (
    what: string,
    bring: (setting: S) => (() => void) | undefined,
    expected: { readonly retryable: boolean; readonly saysWhen?: boolean },
  ): Check<Instance, S, Given> => ({
    name: `${method} ${what}`,
    run: ({ use }) =>
      use(async (trial) => {
        const begin = bring(trial.setting);
        if (begin === undefined) return;
        begin();
        const work = call(trial, new AbortController().signal);
        if (work === undefined) return;
        const reason = await rejection(work, 'although the other side failed');
        const error = assertDanubeError(reason, { retryable: expected.retryable }, trial.setting);
        assertNoSecret(trial.kit.logged(), trial.setting, 'the log');
        if (expected.saysWhen) assert.ok((error.retryAfterMs ?? 0) > 0, 'retryAfterMs is missing');
      }),
  });
  return [
    {
      name: `${method} does nothing when it is already aborted`,
      run: ({ use }) =>
        use(async (trial) => {
          const before = trial.setting.remote?.requests();
          const work = call(trial, aborted());
          if (work === undefined) return;
          assertAbort(await rejection(work, 'although it was aborted'), trial.setting);
          assert.equal(trial.setting.remote?.requests(), before, 'a request was sent');
        }),
    },
    {
      name: `${method} ends when it is aborted`,
      run: ({ use }) => use((trial) => abortWhileItHangs(trial, (signal) => call(trial, signal))),
    },
    failure('fails for good when it is refused', ({ remote }) => remote && (() => remote.refuse()), {
      retryable: false,
    }),
    failure('may be retried when the other side breaks down', ({ remote }) => remote && (() => remote.breakDown()), {
      retryable: true,
    }),
    ...(options.saysWhen
      ? [
          failure(
            'says when to retry where the other side limits the rate',
            ({ remote }) => remote?.limitRate && (() => remote.limitRate?.()),
            { retryable: true, saysWhen: true },
          ),
        ]
      : []),
  ];
}

/** Aborts a call as soon as its request has arrived where nobody answers. */
export async function abortWhileItHangs<Instance, S extends Setting>(
  { setting }: Trial<Instance, S>,
  call: (signal: AbortSignal) => Promise<unknown> | undefined,
): Promise<void> {
  if (setting.remote === undefined) return;
  const controller = new AbortController();
  const hanging = setting.remote.hang();
  const work = call(controller.signal);
  if (work === undefined) return;
  work.catch(() => undefined);
  const arrived = await Promise.race([
    hanging.then(() => true),
    work.then(
      () => false,
      () => false,
    ),
  ]);
  if (!arrived) return;
  controller.abort(new DOMException('aborted by the kit', 'AbortError'));
  const result = await settled(work);
  if (result.status === 'rejected') assertAbort(result.reason, setting);
  else assert.fail('it succeeded although it was aborted');
}

/** An aborted call ends in the reason of its signal, or in a DanubeError. */
function assertAbort(error: unknown, setting: Setting): void {
  if (error instanceof Error && error.name === 'AbortError') assertNoSecret(error, setting, 'the error');
  else assertDanubeError(error, {}, setting);
}
