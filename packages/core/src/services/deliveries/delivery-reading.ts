import type { ForgeEvent, ForgeRepository } from '@danube/plugin-api';
import type { DeliveryOutcome, Verdict } from '../../domain/delivery/delivery.js';
import type { Pipeline } from '../../domain/pipeline/pipeline.js';
import { repositoryKey } from '../../domain/repository/repository-key.js';
import type { DeliveryEnd } from '../ports/delivery-repository.js';

/** What a delivery says, as far as that can be found out without asking anybody. */
export type DeliveryReading =
  | { readonly kind: 'end'; readonly end: Pick<DeliveryEnd, 'status' | 'outcome' | 'verdicts'> }
  | {
      readonly kind: 'event';
      readonly event: ForgeEvent;
      readonly outcome: DeliveryOutcome;
      /** Those that the event is for. */
      readonly pipelines: readonly Pipeline[];
      /** Verdicts that stand already. */
      readonly verdicts: readonly Verdict[];
    };

const longestReason = 500;
const longestName = 200;

const unknown: DeliveryOutcome = {
  event: 'ignored',
  repository: undefined,
  ref: undefined,
  commit: undefined,
  matched: false,
  verified: false,
  reason: '',
};

/** An outcome with texts that are safe to show: they come from whoever sent the delivery. */
export function outcomeOf(
  facts: Partial<DeliveryOutcome> & Pick<DeliveryOutcome, 'event' | 'reason'>,
): DeliveryOutcome {
  return {
    ...unknown,
    ...facts,
    reason: shownReason(facts.reason),
    repository: facts.repository === undefined ? undefined : shown(facts.repository, longestName),
  };
}

/** As {@link outcomeOf} has it. */
export function shownReason(text: string): string {
  return shown(text, longestReason);
}

/** Cut, and without what a terminal would obey or what would turn the order of the letters around. */
function shown(text: string, length: number): string {
  return text.slice(0, length).replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, '\ufffd');
}

export function ended(
  status: DeliveryEnd['status'],
  outcome: DeliveryOutcome,
  verdicts: readonly Verdict[] = [],
): DeliveryReading {
  return { kind: 'end', end: { status, outcome, verdicts } };
}

export function verdictOf(
  deliveryId: string,
  pipeline: Pipeline,
  outcome: Verdict['outcome'],
  reason: string,
  jobId?: string,
): Verdict {
  return { deliveryId, pipelineId: pipeline.id, outcome, reason: shownReason(reason), jobId };
}

/** `github.com/octo/hello`, as people know it. */
export function describeRepository({ fullName, cloneUrls }: ForgeRepository): string {
  const [url] = cloneUrls;
  return url === undefined ? fullName : repositoryKey(url);
}

export function describeEvent(event: ForgeEvent): string {
  return event.kind === 'push'
    ? `push to ${event.ref}`
    : `pull request #${event.number} ${event.action}, from ${event.sourceBranch} into ${event.targetBranch}`;
}
