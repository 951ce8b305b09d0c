import type { ForgeEvent, PullRequestEvent, PushEvent } from '@danube/plugin-api';
import type { PipelineTrigger, PullRequestTrigger, PushTrigger } from '../pipeline/pipeline.js';
import { parseGlobList } from '../glob/glob-list.js';
import { findSkipDirective } from './skip-directive.js';
import { describeGlobs, joinReasons } from './trigger-reasons.js';

export type EventTrigger = PushTrigger | PullRequestTrigger;

/** A trigger that fits the event but for the files that changed, and why it fits, in words. */
export interface Candidate {
  readonly trigger: EventTrigger;
  readonly reason: string;
}

export type Selection =
  | { readonly kind: 'candidates'; readonly candidates: readonly Candidate[] }
  | { readonly kind: 'none'; readonly reason: string };

type Verdict = { readonly fits: boolean; readonly reason: string };

/** Which triggers an event fits, as far as the event itself tells; the files that changed are looked at afterwards. */
export function selectTriggers(triggers: readonly PipelineTrigger[], event: ForgeEvent): Selection {
  const directive = findSkipDirective(event.kind === 'push' ? event.message : event.title);
  if (directive !== undefined) {
    const where = event.kind === 'push' ? 'the commit message' : `the title of pull request #${event.number}`;
    return { kind: 'none', reason: `${where} says ${directive}` };
  }
  const candidates: Candidate[] = [];
  const refusals: string[] = [];
  for (const trigger of triggers) {
    const verdict = judge(trigger, event);
    if (verdict?.fits === false) refusals.push(verdict.reason);
    else if (verdict !== undefined) candidates.push({ trigger: trigger as EventTrigger, reason: verdict.reason });
  }
  if (candidates.length > 0) return { kind: 'candidates', candidates };
  return { kind: 'none', reason: refusals.length > 0 ? joinReasons(refusals) : withoutTrigger(triggers, event.kind) };
}

function judge(trigger: PipelineTrigger, event: ForgeEvent): Verdict | undefined {
  if (trigger.type === 'push' && event.kind === 'push') return judgePush(trigger, event);
  if (trigger.type === 'pull_request' && event.kind === 'pull_request') return judgePullRequest(trigger, event);
  return undefined;
}

function judgePush({ branches, tags }: PushTrigger, { ref }: PushEvent): Verdict {
  const [, kind, name = ''] = /^refs\/(head|tag)s\/(.+)$/.exec(ref) ?? [];
  if (kind === undefined) return { fits: false, reason: `"${ref}" is neither a branch nor a tag` };
  return kind === 'head' ? judgeName('branch', name, branches) : judgeName('tag', name, tags);
}

function judgePullRequest({ branches, forks }: PullRequestTrigger, event: PullRequestEvent): Verdict {
  const name = judgeName('target branch', event.targetBranch, branches);
  if (!name.fits || !event.fromFork) return name;
  const reason = `pull request #${event.number} comes from a fork; forks: ${forks}`;
  return { fits: forks !== 'none', reason };
}

function judgeName(what: 'branch' | 'tag' | 'target branch', name: string, globs: readonly string[]): Verdict {
  if (globs.length === 0)
    return { fits: false, reason: `the trigger is for ${what === 'tag' ? 'branches' : 'tags'} only` };
  const fits = parseGlobList(globs)(name);
  return { fits, reason: `${what} "${name}" ${fits ? 'matches' : 'does not match'} ${describeGlobs(globs)}` };
}

function withoutTrigger(triggers: readonly PipelineTrigger[], kind: ForgeEvent['kind']): string {
  const types = new Set(triggers.map(({ type }) => type));
  if (types.has('push') || types.has('pull_request')) return `the pipeline has no ${kind} trigger`;
  return `the pipeline starts ${types.has('cron') ? 'by cron and by hand' : 'by hand'} only`;
}
