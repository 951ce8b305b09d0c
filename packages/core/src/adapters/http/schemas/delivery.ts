import { Type } from 'typebox';
import {
  deliveryEvents,
  deliverySources,
  deliveryStatuses,
  verdictOutcomes,
} from '../../../domain/delivery/delivery.js';
import { oneOf, optional, time } from './field-types.js';

const deliveryFields = {
  id: Type.String({ format: 'uuid' }),
  forge: Type.String({ description: 'Name of the entry of `forges`.' }),
  forge_delivery_id: optional(Type.String({ description: 'The forge’s own id of it.' })),
  source: oneOf(deliverySources, 'The forge sent it, its history told of it later, or it is a replay.'),
  replay_of: optional(Type.String({ description: 'The delivery that this one repeats.' })),
  received_at: time('When it was stored.'),
  body_bytes: Type.Integer(),
  status: oneOf(deliveryStatuses),
  attempts: Type.Integer({ description: 'Attempts that failed for a reason that may pass.' }),
  next_attempt_at: optional(time('When it is worked on again; while it waits for that only.')),
  processed_at: optional(time('When the work on it ended.')),
  event: optional(oneOf(deliveryEvents, 'What it turned out to be; absent until it was worked on.')),
  repository: optional(Type.String({ description: 'As the forge names it.' })),
  ref: optional(Type.String()),
  commit: optional(Type.String()),
  matched: optional(Type.Boolean({ description: 'Whether any pipeline builds the repository.' })),
  verified: optional(Type.Boolean({ description: 'Whether the secret of any of them signed it.' })),
  reason: optional(
    Type.String({ description: 'What it came to, in words; before that, why the last attempt failed.' }),
  ),
};

const counts = Type.Object(
  Object.fromEntries(verdictOutcomes.map((outcome) => [outcome, Type.Integer()])) as Record<
    (typeof verdictOutcomes)[number],
    ReturnType<typeof Type.Integer>
  >,
  { description: 'How many pipelines have each kind of verdict.' },
);

export const DeliverySchema = Type.Object({ ...deliveryFields, verdict_counts: counts });

export const DeliveryDetailSchema = Type.Object({
  ...deliveryFields,
  headers: Type.Record(Type.String(), Type.String(), {
    description: 'Names in lower case. Values that are secret are `[redacted]`.',
  }),
  verdicts: Type.Array(
    Type.Object({
      pipeline_id: Type.String(),
      outcome: oneOf(verdictOutcomes),
      reason: Type.String({ description: 'Why, in words.' }),
      job_id: optional(Type.String({ description: 'The job that was triggered, or that stood for it already.' })),
    }),
    { description: 'By pipeline.' },
  ),
});

export const StoredDeliverySchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  duplicate: Type.Boolean({ description: 'It had been stored before, under this id.' }),
});

export const ReplaySchema = Type.Object({
  id: Type.String({ format: 'uuid', description: 'The new delivery.' }),
  replay_of: Type.String(),
});
