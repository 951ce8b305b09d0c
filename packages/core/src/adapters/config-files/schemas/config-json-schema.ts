import type { JsonSchema } from '@danube/plugin-api';
import { configKinds } from '../../../domain/config/config-document.js';
import { documentSchema, specSchemas } from './kinds.js';

/** The published JSON Schema: what editors need to complete and check any file of a config repository. */
export function configJsonSchema(): JsonSchema {
  const specs = configKinds.map((kind) => [`${kind}Spec`, specSchemas[kind]] as const);
  const documents = configKinds.map((kind) => [kind, documentSchema(kind, { $ref: `#/$defs/${kind}Spec` })] as const);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://danube.dev/schemas/config.schema.json',
    title: 'Danube configuration document',
    description: 'A document of kind Config, User, Team, Pipeline or Secret, or a flat config.yaml.',
    type: 'object',
    if: { required: ['apiVersion'] },
    then: {
      required: ['kind'],
      properties: { kind: { enum: configKinds, description: 'What the document describes.' } },
      allOf: configKinds.map((kind) => ({
        if: { required: ['kind'], properties: { kind: { const: kind } } },
        then: { $ref: `#/$defs/${kind}` },
      })),
    },
    else: { $ref: '#/$defs/ConfigSpec' },
    $defs: Object.fromEntries([...specs, ...documents]),
  };
}
