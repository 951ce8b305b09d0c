import assert from 'node:assert/strict';
import type { Contribution } from '../../contribution.js';
import type { Notification, NotificationEvent, Notifier } from '../../notifier.js';
import { contributionChecks } from '../kit/contribution-checks.js';
import { assertNoSecret, rejection } from '../kit/failures.js';
import { instanceChecks } from '../kit/instance-checks.js';
import { remoteChecks } from '../kit/remote-checks.js';
import type { Samples, Setting } from '../kit/setting.js';
import { register, type Check } from '../kit/subject.js';
import type { TestFunction } from '../kit/test-function.js';

/** Where one check of a notifier runs. */
export interface NotifierSetting extends Setting {
  /** What people were told so far, one text a message, as it arrived. */
  received(): readonly string[];
}

/** What {@link testNotifier} needs to know of a notifier. */
export type NotifierSamples = Samples<NotifierSetting>;

type NotifierCheck = Check<Notifier, NotifierSetting, NotifierSamples>;

const events: readonly NotificationEvent[] = [
  'job_started',
  'job_succeeded',
  'job_failed',
  'job_cancelled',
  'job_timed_out',
];

function notificationOf(
  id: string,
  event: NotificationEvent = 'job_failed',
  job: Partial<Notification['job']> = {},
): Notification {
  return Object.freeze({
    id,
    event,
    occurredAt: Date.UTC(2026, 0, 6, 12, 34, 56),
    job: Object.freeze({
      id: 'a3f1c2d4',
      number: 4711,
      pipeline: 'nightly',
      team: 'payments',
      branch: 'main',
      commit: 'c'.repeat(40),
      reason: 'the step "test" ended with exit code 1',
      durationMs: 61_000,
      url: 'https://danube.example.com/jobs/4711',
      ...job,
    }),
  });
}

const signal = () => new AbortController().signal;
const odd = 'a <b>&"\'\\`\r\nBcc: x@example.com\u0000é🙂{{7*7}}%n';

const checks: readonly NotifierCheck[] = [
  {
    name: 'each event arrives as one message that names the pipeline and the job',
    run: ({ use }) =>
      use(async ({ instance, setting }) => {
        for (const [index, event] of events.entries()) {
          await instance.notify(notificationOf(`n-${event}`, event), signal());
          const received = setting.received();
          assert.equal(received.length, index + 1, `${event} arrived as another number of messages than one`);
          for (const text of ['nightly', '4711'])
            assert.ok(received[index]?.includes(text), `${event} does not say ${text}`);
        }
        assert.equal(new Set(setting.received()).size, events.length, 'different events read the same');
      }),
  },
  {
    name: 'several at once all arrive',
    run: ({ use }) =>
      use(async ({ instance, setting }) => {
        const numbers = Array.from({ length: 20 }, (_, index) => 5000 + index);
        await Promise.all(
          numbers.map((number) => instance.notify(notificationOf(`n-${number}`, 'job_failed', { number }), signal())),
        );
        const received = setting.received();
        const missing = numbers.filter((number) => !received.some((text) => text.includes(String(number))));
        assert.deepEqual(missing, [], 'numbers of jobs of which nothing arrived');
      }),
  },
  {
    name: 'the same notification may come again',
    run: ({ use }) =>
      use(async ({ instance, setting }) => {
        await instance.notify(notificationOf('n-1'), signal());
        await instance.notify(notificationOf('n-1'), signal());
        assert.ok(setting.received().length >= 1);
      }),
  },
  {
    name: 'what is unknown, odd or long is no problem',
    run: ({ use }) =>
      use(async ({ instance, setting }) => {
        await instance.notify(
          notificationOf('n-1', 'job_succeeded', { reason: undefined, durationMs: undefined, url: undefined }),
          signal(),
        );
        await instance.notify(
          notificationOf('n-2', 'job_failed', { branch: odd, pipeline: odd, reason: odd.repeat(1000) }),
          signal(),
        );
        const received = setting.received();
        assert.equal(received.length, 2, 'not every notification arrived as one message');
        assert.ok(!/undefined|NaN|\[object/.test(received[0] ?? ''), 'what is unknown is shown as undefined');
      }),
  },
  {
    name: 'what fails is attempted once',
    run: ({ use }) =>
      use(async ({ instance, setting: { remote } }) => {
        if (remote === undefined) return;
        const start = remote.requests();
        await instance.notify(notificationOf('n-1'), signal());
        const needed = remote.requests() - start;
        remote.breakDown();
        await rejection(instance.notify(notificationOf('n-2'), signal()), 'although the other side failed');
        const made = remote.requests() - start - needed;
        assert.ok(
          made <= needed,
          `it made ${made} requests instead of ${needed}; the host tries again, and records it`,
        );
      }),
  },
  {
    name: 'no message and no log line holds a secret',
    run: ({ use }) =>
      use(async ({ instance, setting, kit }) => {
        await instance.notify(notificationOf('n-1'), signal());
        assertNoSecret(setting.received(), setting, 'a message');
        assertNoSecret(kit.logged(), setting, 'the log');
      }),
  },
  ...remoteChecks<Notifier, NotifierSetting, NotifierSamples>(
    'notify',
    ({ instance }, given) => instance.notify(notificationOf('n-1'), given),
    { saysWhen: false },
  ),
];

/** Checks every promise of {@link Notifier}. */
export function testNotifier(
  test: TestFunction,
  contribution: Contribution<never, Notifier>,
  samples: NotifierSamples,
): void {
  register(
    test,
    `notifiers ${contribution.type}`,
    [contribution, samples],
    [...contributionChecks(), ...instanceChecks(), ...checks],
  );
}
