import type { ForgeEvent, ForgeRepository, Ignored, JsonSchema, PushEvent } from '@danube/plugin-api';
import { answerOf } from './read-answer.js';

const text = (maxLength: number): JsonSchema => ({ type: 'string', maxLength });
const filled = (maxLength: number): JsonSchema => ({ type: 'string', minLength: 1, maxLength });
const commit: JsonSchema = { type: 'string', pattern: '^([0-9a-f]{40}|[0-9a-f]{64})$' };
const fullRef: JsonSchema = { type: 'string', pattern: '^refs/[^\\u0000-\\u0020\\u007f~^:?*\\[\\\\]{1,500}$' };
const pushedRef: JsonSchema = {
  type: 'string',
  pattern: '^refs/(heads|tags)/[^\\u0000-\\u0020\\u007f~^:?*\\[\\\\]{1,500}$',
};

const repository: JsonSchema = {
  type: 'object',
  properties: {
    fullName: filled(500),
    cloneUrls: { type: 'array', minItems: 1, maxItems: 20, items: filled(2000) },
  },
  required: ['fullName', 'cloneUrls'],
};

const kind = (
  name: string,
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[],
): JsonSchema => ({
  type: 'object',
  properties: { kind: { const: name }, ...properties },
  required: ['kind', ...required],
});

const ignored = kind('ignored', { reason: filled(1000) }, ['reason']);

const push = kind(
  'push',
  { repository, ref: pushedRef, commit, before: commit, message: text(1_000_000), actor: text(500) },
  ['repository', 'ref', 'commit', 'message', 'actor'],
);

const pullRequest = kind(
  'pull_request',
  {
    repository,
    action: { enum: ['opened', 'updated', 'reopened'] },
    number: { type: 'integer', minimum: 1 },
    title: text(10_000),
    sourceBranch: filled(500),
    targetBranch: filled(500),
    ref: fullRef,
    commit,
    baseCommit: commit,
    fromFork: { type: 'boolean' },
    actor: text(500),
  },
  ['repository', 'action', 'number', 'title', 'sourceBranch', 'targetBranch', 'ref', 'commit', 'fromFork', 'actor'],
);

const oneOfKinds = (...oneOf: readonly JsonSchema[]): JsonSchema => ({
  type: 'object',
  discriminator: { propertyName: 'kind' },
  required: ['kind'],
  oneOf,
});

const readRepositoryOnly = answerOf<ForgeRepository>(repository);
const readIgnored = answerOf<Ignored>(ignored);

export function readIdentified(answer: unknown): ForgeRepository | Ignored {
  return typeof answer === 'object' && answer !== null && 'kind' in answer
    ? readIgnored(answer)
    : readRepositoryOnly(answer);
}

export const readEvent = answerOf<ForgeEvent | Ignored>(oneOfKinds(push, pullRequest, ignored));
export const readPushes = answerOf<readonly PushEvent[]>({ type: 'array', maxItems: 10_000, items: push });
export const readHeaderNames = answerOf<readonly string[]>({
  type: 'array',
  maxItems: 50,
  items: { type: 'string', pattern: "^[a-z0-9!#$%&'*+.^_`|~-]{1,200}$" },
});

const readIdText = answerOf<string>(filled(500));
export const readDeliveryId = (answer: unknown): string | undefined =>
  answer === undefined ? undefined : readIdText(answer);

const readTime = answerOf<number>({ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
export const readSentAt = (answer: unknown): number | undefined =>
  answer === undefined ? undefined : readTime(answer);
