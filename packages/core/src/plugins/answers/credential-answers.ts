import type { GitCredential } from '@danube/plugin-api';
import { AnswerProblem } from '../guard/foreign-errors.js';
import { answerOf } from './read-answer.js';
import { readSecret } from './read-secret.js';

type Facts =
  | { readonly kind: 'https'; readonly username: string; readonly password: unknown }
  | { readonly kind: 'ssh'; readonly privateKey: unknown; readonly knownHosts?: string };

const readFacts = answerOf<Facts>({
  type: 'object',
  discriminator: { propertyName: 'kind' },
  required: ['kind'],
  oneOf: [
    {
      properties: {
        kind: { const: 'https' },
        // git reads it from a line of its own
        username: { type: 'string', minLength: 1, maxLength: 500, pattern: '^[^\\u0000-\\u001f\\u007f]*$' },
        password: {},
      },
      required: ['kind', 'username', 'password'],
    },
    {
      properties: { kind: { const: 'ssh' }, privateKey: {}, knownHosts: { type: 'string', maxLength: 1_000_000 } },
      required: ['kind', 'privateKey'],
    },
  ],
});

export function readGitCredential(answer: unknown): GitCredential {
  const facts = readFacts(answer);
  if (facts.kind === 'ssh') {
    return { kind: 'ssh', privateKey: readSecret(facts.privateKey, 'privateKey'), knownHosts: facts.knownHosts };
  }
  const password = readSecret(facts.password, 'password');
  if (/[\u0000\r\n]/.test(password.reveal())) throw new AnswerProblem('password must be one line');
  return { kind: 'https', username: facts.username, password };
}
