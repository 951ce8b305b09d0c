import type { Builder, ExtensionPoint, GitAuthMethod, InstanceOf, Notifier } from '@danube/plugin-api';
import { readBuildPlan } from '../answers/builder-answers.js';
import { readGitCredential } from '../answers/credential-answers.js';
import { readBoolean, readNothing } from '../answers/read-answer.js';
import type { CallGuard } from './call-guard.js';
import { guardForge } from './guard-forge.js';
import { guardStorage } from './guard-storage.js';

type Guards = {
  readonly [Point in ExtensionPoint]: (instance: InstanceOf[Point], guard: CallGuard) => InstanceOf[Point];
};

const guards: Guards = {
  forges: guardForge,
  gitAuthMethods: guardGitAuthMethod,
  notifiers: guardNotifier,
  builders: guardBuilder,
  storages: guardStorage,
};

/** An instance in which every call goes through the guard. It has neither `start` nor `stop`: those are the host's. */
export function guardInstance<Point extends ExtensionPoint>(
  point: Point,
  instance: InstanceOf[Point],
  guard: CallGuard,
): InstanceOf[Point] {
  return guards[point](instance, guard);
}

function guardGitAuthMethod(method: GitAuthMethod, guard: CallGuard): GitAuthMethod {
  return {
    issueCredential: (repository, outer) =>
      guard.async(
        'issueCredential',
        ({ signal }) => method.issueCredential(repository, signal),
        readGitCredential,
        outer,
      ),
  };
}

function guardNotifier(notifier: Notifier, guard: CallGuard): Notifier {
  return {
    notify: (notification, outer) =>
      guard.async('notify', ({ signal }) => notifier.notify(structuredClone(notification), signal), readNothing, outer),
  };
}

function guardBuilder(builder: Builder, guard: CallGuard): Builder {
  return {
    handles: (step) => guard.sync('handles', () => builder.handles(step), readBoolean),
    plan: (step, facts) => guard.sync('plan', () => builder.plan(step, facts), readBuildPlan),
  };
}
