import { isSecretName } from './secret-name.js';
import type { SecretScope } from './secret-record.js';
import { describeScope, sealingContext, toOwner, toScope } from './secret-scope.js';
import { secretValueProblem } from './secret-value-problem.js';

/** Names of teams and pipelines have no more, and messages quote them. */
const maxOwnerCharacters = 100;

/**
 * The text that is encrypted: the value together with what it is for. Whoever copies a sealed value into a document of
 * another name or scope cannot change what stands inside.
 */
export function sealedPayload(name: string, scope: SecretScope, value: string): string {
  return JSON.stringify({ name, ...toOwner(scope), value });
}

export type OpenedPayload = { readonly value: string } | { readonly problem: string };

/** The value in a decrypted text, where it was sealed for exactly this name and scope. Problems never quote it. */
export function readSealedPayload(text: string, name: string, scope: SecretScope): OpenedPayload {
  const payload = parse(text);
  if (payload === undefined) return { problem: 'does not say what it was sealed for' };
  const sealedScope = toScope(payload);
  if (sealingContext(payload.name, sealedScope) !== sealingContext(name, scope)) {
    const [meant, found] = [describe(payload.name, sealedScope), describe(name, scope)];
    return { problem: `was sealed for ${meant} and was put into the document of ${found}` };
  }
  const problem = secretValueProblem(payload.value);
  return problem === undefined ? { value: payload.value } : { problem: `holds a value that ${problem}` };
}

function describe(name: string, scope: SecretScope): string {
  return `"${name}" of ${describeScope(scope)}`;
}

interface Payload {
  readonly name: string;
  readonly team: string | undefined;
  readonly pipeline: string | undefined;
  readonly value: string;
}

function parse(text: string): Payload | undefined {
  const { name, team, pipeline, value } = parseObject(text);
  if (typeof name !== 'string' || !isSecretName(name) || typeof value !== 'string') return undefined;
  if (!isOwnerOrAbsent(team) || !isOwnerOrAbsent(pipeline)) return undefined;
  return team !== undefined && pipeline !== undefined ? undefined : { name, team, pipeline, value };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function isOwnerOrAbsent(value: unknown): value is string | undefined {
  return value === undefined || (typeof value === 'string' && value.length <= maxOwnerCharacters);
}
