import type { Ignored, PullRequestEvent } from '@danube/plugin-api';
import { ignored, type JsonObject } from '@danube/plugin-api/toolkit';
import { repositoryOf } from './identify-repository.js';

const actions = new Map<string, PullRequestEvent['action']>([
  ['opened', 'opened'],
  ['reopened', 'reopened'],
  ['synchronized', 'updated'],
]);

/** A pull request whose commits are new for its target: opened, opened again, pushed to, or given another target. */
export function parsePullRequest(body: JsonObject): PullRequestEvent | Ignored {
  const number = body.positiveInteger('number');
  const sent = body.text('action');
  const action = isRetargeted(body, sent) ? 'updated' : actions.get(sent);
  if (action === undefined) return ignored(`pull request #${number}: "${sent.slice(0, 60)}" brings no new commits`);
  const request = body.object('pull_request');
  const head = request.object('head');
  const base = request.object('base');
  return {
    kind: 'pull_request',
    repository: repositoryOf(body.object('repository')),
    action,
    number,
    title: request.text('title'),
    sourceBranch: head.optionalText('label') || head.text('ref').replace(/^refs\/(heads\/)?/, ''),
    targetBranch: base.text('ref'),
    ref: `refs/pull/${number}/head`,
    commit: head.commit('sha'),
    baseCommit: base.optionalText('sha') === '' ? undefined : base.optionalCommit('sha'),
    fromFork: isFromFork(head, base),
    actor: body.optionalObject('sender')?.optionalText('login') ?? '',
  };
}

/** Triggers and compared commits depend on the target branch, which may change without a push. */
function isRetargeted(body: JsonObject, action: string): boolean {
  if (action !== 'edited' || body.optionalObject('changes')?.optionalObject('ref') === undefined) return false;
  return body.object('pull_request').optionalText('state') === 'open';
}

/**
 * Besides other repositories, this is also so for the AGit flow (`git push origin HEAD:refs/for/main`): everybody who may
 * read can open such a pull request, and the event names the target itself as its source, with an empty label.
 */
function isFromFork(head: JsonObject, base: JsonObject): boolean {
  const source = head.optionalObject('repo')?.optionalInteger('id');
  const target = base.optionalObject('repo')?.optionalInteger('id');
  const isAgit = (head.optionalText('label') ?? '') === '';
  return isAgit || source === undefined || source !== target;
}
