import { Type } from 'typebox';
import { auditActions, auditOutcomes } from '../../../domain/audit/audit-entry.js';
import { oneOf, optional, time } from './field-types.js';

export const AuditEntrySchema = Type.Object({
  sequence: Type.Integer({ description: '1, 2, 3 … without a gap.' }),
  at: time('When it happened.'),
  action: oneOf(auditActions),
  outcome: oneOf(auditOutcomes),
  actor: Type.String({ description: 'Who asked: a person, or the pipeline whose job it was.' }),
  secret: Type.String({ description: 'Name of the secret.' }),
  team: optional(Type.String({ description: 'Where the secret is one of a team.' })),
  pipeline: optional(Type.String({ description: 'Where the secret is one of a pipeline.' })),
  job_id: optional(Type.String({ description: 'Where a job asked.' })),
  hash: Type.String({ description: 'SHA-256 of the entry before it and of all of this one.' }),
});

export const AuditCheckSchema = Type.Object({
  intact: Type.Integer({ description: 'How many entries are as they were written, from the first one on.' }),
  broken: optional(
    Type.Object({
      sequence: Type.Integer({ description: 'The first entry that is not.' }),
      reason: Type.String({ description: 'What is wrong with it.' }),
    }),
  ),
});
