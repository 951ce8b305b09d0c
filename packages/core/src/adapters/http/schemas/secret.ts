import { Type } from 'typebox';
import { secretNamePattern } from '../../../domain/secret/secret-name.js';
import { oneOf, optional, time } from './field-types.js';

export const SecretSchema = Type.Object({
  name: Type.String(),
  scope: oneOf(['global', 'team', 'pipeline']),
  team: optional(Type.String({ description: 'In the scope `team`.' })),
  pipeline: optional(Type.String({ description: 'In the scope `pipeline`.' })),
  source: oneOf(['config', 'manual'], 'Whether the config repository or a person sets its value.'),
  created_at: time('When it was first set.'),
  updated_at: time('When its value was last set.'),
});

export const SecretListSchema = Type.Object({ items: Type.Array(SecretSchema) });

export const SecretRecipientSchema = Type.Object({
  recipient: Type.String({ description: 'An age X25519 recipient: `age1…`.' }),
});

export const SecretValueSchema = Type.Object(
  { value: Type.String({ description: 'Text of 1 byte to 64 KiB in UTF-8. No answer ever shows it again.' }) },
  { additionalProperties: false },
);

export const secretName = Type.Object({ name: Type.String({ pattern: secretNamePattern }) });

export const secretScope = Type.Object(
  {
    team: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'The secret of this team.' })),
    pipeline: Type.Optional(
      Type.String({ minLength: 1, maxLength: 100, description: 'The secret of this pipeline; instead of `team`.' }),
    ),
  },
  { additionalProperties: false },
);
