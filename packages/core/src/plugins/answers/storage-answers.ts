import type { RegistryAccess, StoredObject } from '@danube/plugin-api';
import { AnswerProblem } from '../guard/foreign-errors.js';
import { answerOf } from './read-answer.js';
import { readSecret } from './read-secret.js';

export const readStoredObject = answerOf<StoredObject>({
  type: 'object',
  properties: { key: { type: 'string', minLength: 1, maxLength: 1024 }, size: { type: 'integer', minimum: 0 } },
  required: ['key', 'size'],
});

export const readCollected = answerOf<{ readonly deletedBytes: number }>({
  type: 'object',
  properties: { deletedBytes: { type: 'integer', minimum: 0 } },
  required: ['deletedBytes'],
});

export function readBytes(answer: unknown): Uint8Array {
  if (answer instanceof Uint8Array) return answer;
  throw new AnswerProblem('what is read must be a Uint8Array');
}

interface AccessFacts {
  readonly host: string;
  readonly insecure: boolean;
  readonly login?: { readonly username: string; readonly password: unknown };
}

const readAccessFacts = answerOf<AccessFacts>({
  type: 'object',
  properties: {
    host: { type: 'string', maxLength: 300, pattern: '^[A-Za-z0-9.\\[\\]:-]+$' },
    insecure: { type: 'boolean' },
    login: {
      type: 'object',
      properties: { username: { type: 'string', minLength: 1, maxLength: 500 }, password: {} },
      required: ['username', 'password'],
    },
  },
  required: ['host', 'insecure'],
});

export function readRegistryAccess(answer: unknown): RegistryAccess {
  const { host, insecure, login } = readAccessFacts(answer);
  if (login === undefined) return { host, insecure, login };
  return {
    host,
    insecure,
    login: { username: login.username, password: readSecret(login.password, 'login.password') },
  };
}
