import type { SecretScope } from '../secret/secret-record.js';

export const auditActions = ['secret.set', 'secret.remove', 'secret.read', 'key.rotate'] as const;
export type AuditAction = (typeof auditActions)[number];

/** What came of it: a secret was stored or replaced, removed, given to a job, or not given to it. */
export const auditOutcomes = ['stored', 'replaced', 'removed', 'given', 'not_found', 'withheld'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

/** Somebody did something with a secret. Never its value. */
export interface AuditEvent {
  readonly action: AuditAction;
  readonly outcome: AuditOutcome;
  /** Who asked: a person, the pipeline whose job it was, or a commit of the config repository. */
  readonly actor: string;
  /** Empty where it was about all of them. */
  readonly secret: string;
  /** Undefined where a job asked, which sees a name and not whose it is, and for all secrets. */
  readonly scope: SecretScope | undefined;
  readonly jobId: string | undefined;
}

export interface AuditEntry extends AuditEvent {
  /** 1, 2, 3 … without a gap. */
  readonly sequence: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Of the entry before it and of all of this one: a change of either shows. */
  readonly hash: string;
}

/** Before the first entry. */
export const auditStart = { sequence: 0, hash: '' } as const;

/** The text whose hash an entry has. A list, so that no value can pass for two others. */
export function auditText(previousHash: string, entry: Omit<AuditEntry, 'hash'>): string {
  const { sequence, at, action, outcome, actor, secret, scope, jobId } = entry;
  const owner = scope?.kind === 'team' ? scope.team : scope?.kind === 'pipeline' ? scope.pipelineId : '';
  return JSON.stringify([
    previousHash,
    sequence,
    at,
    action,
    outcome,
    actor,
    secret,
    scope?.kind ?? '',
    owner,
    jobId ?? '',
  ]);
}
