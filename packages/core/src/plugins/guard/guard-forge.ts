import {
  type CommitStatusReporter,
  type Forge,
  isDanubeError,
  type PushHistory,
  type WebhookDelivery,
} from '@danube/plugin-api';
import {
  readDeliveryId,
  readEvent,
  readHeaderNames,
  readIdentified,
  readPushes,
  readSentAt,
} from '../answers/forge-answers.js';
import { readBoolean, readNothing } from '../answers/read-answer.js';
import type { CallGuard } from './call-guard.js';

export function guardForge(forge: Forge, guard: CallGuard): Forge {
  const { statuses, history } = forge;
  const log = guard.tools.loggers.forTarget(`danube.plugins.${guard.plugin}`);
  return {
    credentialHeaders: guard.sync('credentialHeaders', () => forge.credentialHeaders, readHeaderNames),
    servesRepository: (url) => guard.sync('servesRepository', () => forge.servesRepository(url), readBoolean),
    deliveryId: (delivery) => guard.sync('deliveryId', () => forge.deliveryId(ownCopy(delivery)), readDeliveryId),
    identifyRepository: (delivery) =>
      guard.sync('identifyRepository', () => forge.identifyRepository(delivery), readIdentified),
    verifySignature: (delivery, secret) => {
      try {
        return guard.sync('verifySignature', () => forge.verifySignature(delivery, secret), readBoolean);
      } catch (error) {
        if (!isDanubeError(error) || error.code !== 'plugin_answer_invalid') throw error;
        // whatever that answer means, it does not mean that the signature is good
        log.error('a signature was not accepted because the plugin did not answer true or false', { error });
        return false;
      }
    },
    ...(forge.sentAt && {
      sentAt: (delivery) => guard.sync('sentAt', () => forge.sentAt?.(delivery), readSentAt),
    }),
    parseEvent: (delivery) => guard.sync('parseEvent', () => forge.parseEvent(delivery), readEvent),
    ...(statuses && { statuses: guardStatuses(statuses, guard) }),
    ...(history && { history: guardHistory(history, guard) }),
  };
}

/** Only this is called with what is then stored; the other calls get what was stored. */
function ownCopy({ headers, body }: WebhookDelivery): WebhookDelivery {
  return { headers: { ...headers }, body: new Uint8Array(body) };
}

function guardStatuses(statuses: CommitStatusReporter, guard: CallGuard): CommitStatusReporter {
  return {
    report: (commit, status, outer) =>
      guard.async('statuses.report', ({ signal }) => statuses.report(commit, status, signal), readNothing, outer),
  };
}

function guardHistory(history: PushHistory, guard: CallGuard): PushHistory {
  return {
    recentPushes: (repository, since, outer) =>
      guard.async(
        'history.recentPushes',
        ({ signal }) => history.recentPushes(repository, since, signal),
        readPushes,
        outer,
      ),
  };
}
