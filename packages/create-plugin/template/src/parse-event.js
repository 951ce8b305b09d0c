import { ignored, isBranchOrTag, readJsonBody } from '@danube/plugin-api/toolkit';
import { readRepository } from './identify-repository.js';

/**
 * What happened. Called only for deliveries whose signature was verified.
 * @param {import('@danube/plugin-api').WebhookDelivery} delivery
 * @returns {import('@danube/plugin-api').ForgeEvent | import('@danube/plugin-api').Ignored}
 */
export function parseEvent(delivery) {
  const body = readJsonBody(delivery);
  const event = delivery.headers['x-__id__-event'];
  switch (event) {
    case 'push':
      return parsePush(body);
    case 'pull_request':
      return parsePullRequest(body);
    default:
      return ignored(`the event "${event}" starts no jobs`);
  }
}

/**
 * @param {import('@danube/plugin-api/toolkit').JsonObject} body
 * @returns {import('@danube/plugin-api').PushEvent | import('@danube/plugin-api').Ignored}
 */
function parsePush(body) {
  const ref = body.fullRef('ref');
  if (!isBranchOrTag(ref)) return ignored(`${ref} is neither a branch nor a tag`);
  // a deleted branch has only zeros after it
  const commit = body.optionalCommit('after');
  if (commit === undefined) return ignored(`${ref} was deleted`);
  return {
    kind: 'push',
    repository: readRepository(body.object('repository')),
    ref,
    commit,
    before: body.optionalCommit('before'),
    message: body.optionalObject('head_commit')?.optionalText('message') ?? '',
    actor: body.object('sender').text('login'),
  };
}

/** @type {Readonly<Record<string, 'opened' | 'updated' | 'reopened'>>} */
const actions = { opened: 'opened', reopened: 'reopened', synchronized: 'updated' };

/**
 * @param {import('@danube/plugin-api/toolkit').JsonObject} body
 * @returns {import('@danube/plugin-api').PullRequestEvent | import('@danube/plugin-api').Ignored}
 */
function parsePullRequest(body) {
  const did = body.text('action');
  const action = Object.hasOwn(actions, did) ? actions[did] : undefined;
  if (action === undefined) return ignored(`a pull request was ${did}`);
  const pullRequest = body.object('pull_request');
  const head = pullRequest.object('head');
  const base = pullRequest.object('base');
  const number = pullRequest.positiveInteger('number');
  return {
    kind: 'pull_request',
    repository: readRepository(body.object('repository')),
    action,
    number,
    title: pullRequest.text('title'),
    sourceBranch: head.text('ref'),
    targetBranch: base.text('ref'),
    ref: `refs/pull/${number}/head`,
    commit: head.commit('sha'),
    baseCommit: base.optionalCommit('sha'),
    // also true when the source repository is gone and nobody can tell
    fromFork: head.optionalObject('repo')?.integer('id') !== base.object('repo').integer('id'),
    actor: body.object('sender').text('login'),
  };
}
