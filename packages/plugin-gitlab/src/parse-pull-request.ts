import type { Ignored, PullRequestEvent } from '@danube/plugin-api';
import { ignored, type JsonObject } from '@danube/plugin-api/toolkit';
import { repositoryOf } from './identify-repository.js';

const actions = new Map<string, PullRequestEvent['action']>([
  ['open', 'opened'],
  ['reopen', 'reopened'],
  ['update', 'updated'],
]);

/** A merge request whose commits are new for its target: opened, opened again, pushed to, or given another target. */
export function parsePullRequest(body: JsonObject): PullRequestEvent | Ignored {
  const request = body.object('object_attributes');
  const number = request.positiveInteger('iid');
  const sent = request.optionalText('action') ?? 'nothing';
  const action = actions.get(sent);
  if (action === undefined) return ignored(`merge request !${number}: "${sent.slice(0, 60)}" brings no new commits`);
  // only a push to the source branch has the commit that was its head before
  if (action === 'updated' && request.optionalCommit('oldrev') === undefined && !isRetargeted(body, request)) {
    return ignored(`merge request !${number} was edited without new commits`);
  }
  const head = request.optionalObject('last_commit');
  if (head === undefined) return ignored(`merge request !${number} has no commit`);
  return {
    kind: 'pull_request',
    repository: repositoryOf(body.object('project')),
    action,
    number,
    title: request.text('title'),
    sourceBranch: request.text('source_branch'),
    targetBranch: request.text('target_branch'),
    ref: `refs/merge-requests/${number}/head`,
    commit: head.commit('id'),
    baseCommit: undefined,
    fromFork: isFromFork(request),
    actor: body.optionalObject('user')?.optionalText('username') ?? '',
  };
}

/** Triggers depend on the target branch, which may change without a push. */
function isRetargeted(body: JsonObject, request: JsonObject): boolean {
  const change = body.optionalObject('changes')?.optionalObject('target_branch');
  return change !== undefined && request.optionalText('state') === 'opened';
}

function isFromFork(request: JsonObject): boolean {
  const source = request.optionalInteger('source_project_id');
  return source === undefined || source !== request.optionalInteger('target_project_id');
}
