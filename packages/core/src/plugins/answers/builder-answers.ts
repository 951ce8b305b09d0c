import type { BuildPlan } from '@danube/plugin-api';
import { answerOf } from './read-answer.js';
import { readSecret } from './read-secret.js';

const withoutNul = '^[^\\u0000]*$';

interface Facts extends Omit<BuildPlan, 'files'> {
  readonly files: readonly { readonly path: string; readonly content: unknown }[];
}

const readFacts = answerOf<Facts>({
  type: 'object',
  properties: {
    image: { type: 'string', minLength: 1, maxLength: 500, pattern: '^[^\\s\\u0000-\\u001f-][^\\s\\u0000-\\u001f]*$' },
    argv: {
      type: 'array',
      minItems: 1,
      maxItems: 1000,
      items: { type: 'string', maxLength: 131_072, pattern: withoutNul },
    },
    env: {
      type: 'object',
      maxProperties: 500,
      propertyNames: { pattern: '^[A-Za-z_][A-Za-z0-9_]*$' },
      additionalProperties: { type: 'string', maxLength: 131_072, pattern: withoutNul },
    },
    files: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        properties: {
          path: { type: 'string', maxLength: 1000, pattern: '^/(?!.*(^|/)\\.\\.(/|$))[^\\u0000]*$' },
          content: {},
        },
        required: ['path', 'content'],
      },
    },
  },
  required: ['image', 'argv', 'env', 'files'],
});

export function readBuildPlan(answer: unknown): BuildPlan {
  const { files, ...plan } = readFacts(answer);
  const readContent = (content: unknown) => (typeof content === 'string' ? content : readSecret(content, 'content'));
  return { ...plan, files: files.map(({ path, content }) => ({ path, content: readContent(content) })) };
}
