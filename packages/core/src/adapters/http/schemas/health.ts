import { Type } from 'typebox';
import { oneOf, optional } from './field-types.js';

export const HealthSchema = Type.Object({ status: oneOf(['ok']) });

export const ReadinessSchema = Type.Object({
  status: oneOf(['ok', 'degraded', 'unavailable']),
  checks: Type.Array(
    Type.Object({
      name: Type.String(),
      status: oneOf(['ok', 'failed']),
      optional: Type.Boolean({ description: 'The server stays ready when an optional check fails.' }),
      message: optional(Type.String()),
    }),
  ),
});
