import assert from 'node:assert/strict';
import type { Forge, ForgeEvent, ForgeRepository, Ignored } from '../../forge.js';
import { isBranchOrTag, isCommitName, isFullRef } from '../../toolkit/git-names.js';
import { hostOf, repositoryPath } from '../../toolkit/repository-urls.js';

/** That a value is what `parseEvent` may answer. */
export function assertOutcome(outcome: ForgeEvent | Ignored, forge: Forge): void {
  if (outcome.kind === 'ignored') return assertIgnored(outcome);
  assert.ok(outcome.kind === 'push' || outcome.kind === 'pull_request', 'the kind is push, pull_request or ignored');
  assertRepository(outcome.repository, forge);
  assert.ok(isFullRef(outcome.ref), `ref "${outcome.ref}" is not a full ref such as refs/heads/main`);
  assertCommit('commit', outcome.commit);
  assertText('actor', outcome.actor);
  if (outcome.kind === 'push') {
    assert.ok(isBranchOrTag(outcome.ref), `a push is of a branch or a tag, not of "${outcome.ref}"`);
    if (outcome.before !== undefined) assertCommit('before', outcome.before);
    assertText('message', outcome.message);
    return;
  }
  assert.ok(['opened', 'updated', 'reopened'].includes(outcome.action), `action "${outcome.action}" is not known`);
  assert.ok(Number.isSafeInteger(outcome.number) && outcome.number > 0, 'number is not a number above 0');
  assertText('title', outcome.title);
  assertBranch('sourceBranch', outcome.sourceBranch);
  assertBranch('targetBranch', outcome.targetBranch);
  if (outcome.baseCommit !== undefined) assertCommit('baseCommit', outcome.baseCommit);
  assert.equal(typeof outcome.fromFork, 'boolean', 'fromFork is not true or false');
}

export function assertIgnored({ reason }: Ignored): void {
  assert.ok(typeof reason === 'string' && reason.trim() !== '', 'the reason of what is ignored is empty');
  assert.ok(!/[\p{Cc}]/u.test(reason), 'the reason is not one line');
}

export function assertRepository({ fullName, cloneUrls }: ForgeRepository, forge: Forge): void {
  assert.ok(typeof fullName === 'string' && fullName !== '', 'fullName is empty');
  assert.ok(Array.isArray(cloneUrls) && cloneUrls.length > 0, 'cloneUrls is empty');
  for (const url of cloneUrls as readonly string[]) {
    assert.ok(hostOf(url) !== undefined && repositoryPath(url) !== undefined, `cloneUrls has "${url}"`);
    assert.equal(forge.servesRepository(url), true, `servesRepository("${url}") is not true`);
  }
}

function assertCommit(name: string, value: string): void {
  assert.ok(isCommitName(value), `${name} is not a full commit name: ${value}`);
}

function assertText(name: string, value: unknown): void {
  assert.equal(typeof value, 'string', `${name} is not a text`);
}

function assertBranch(name: string, value: unknown): void {
  assert.ok(typeof value === 'string' && value !== '' && !value.startsWith('refs/'), `${name} is not a short name`);
}
