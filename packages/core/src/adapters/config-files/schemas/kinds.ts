import type { JsonSchema } from '@danube/plugin-api';
import type { ConfigKind } from '../../../domain/config/config-document.js';
import { teamSpecSchema, userSpecSchema } from './access-specs.js';
import { name, object, pattern, text } from './common.js';
import { configSpecSchema } from './config-spec.js';
import { secretNameHint, secretNamePattern } from '../../../domain/secret/secret-name.js';
import { pipelineSpecSchema } from './pipeline-spec.js';
import { secretSpecSchema } from './secret-spec.js';

export const apiVersion = 'danube.dev/v1';

export const specSchemas: Readonly<Record<ConfigKind, JsonSchema>> = {
  Config: configSpecSchema,
  User: userSpecSchema,
  Team: teamSpecSchema,
  Pipeline: pipelineSpecSchema,
  Secret: secretSpecSchema,
};

/** The whole document of one kind; `spec` may be replaced by a reference. */
export function documentSchema(kind: ConfigKind, spec: JsonSchema): JsonSchema {
  const metadata =
    kind === 'Config'
      ? object({ name: text('Any name.', 100) }, [], 'Not used for this kind.')
      : object({ name: nameOf(kind) }, ['name'], 'Identity.');
  return object(
    {
      apiVersion: { const: apiVersion, description: 'Version of this format.' },
      kind: { const: kind, description: 'What the document describes.' },
      metadata,
      spec,
    },
    kind === 'Config' ? ['apiVersion', 'kind', 'spec'] : ['apiVersion', 'kind', 'metadata', 'spec'],
    `A document of kind ${kind}.`,
  );
}

function nameOf(kind: ConfigKind): JsonSchema {
  if (kind !== 'Secret') return name(`Name of the ${kind.toLowerCase()}, unique among its kind.`);
  return pattern(
    secretNamePattern,
    secretNameHint,
    'Name of the secret, unique for its team, its pipeline or the instance.',
  );
}
