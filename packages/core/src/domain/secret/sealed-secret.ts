import { toOwner } from './secret-scope.js';
import type { SecretScope } from './secret-record.js';

/** A secret as the config repository holds it: encrypted to this instance's age recipient. */
export interface SealedSecret {
  /** Name and owner in one, as people read it: `TOKEN of team platform`. */
  readonly id: string;
  readonly name: string;
  readonly scope: SecretScope;
  /** An age file in its text form. */
  readonly sealed: string;
}

/** Something wrong with what a secret holds, before anybody has looked up where it stands in which file. */
export interface SealedSecretProblem {
  readonly secret: SealedSecret;
  readonly message: string;
  readonly suggestion: string;
}

export function sealedSecret(name: string, scope: SecretScope, sealed: string): SealedSecret {
  const { team, pipeline } = toOwner(scope);
  const owner = team !== undefined ? ` of team ${team}` : pipeline !== undefined ? ` of pipeline ${pipeline}` : '';
  return { id: `${name}${owner}`, name, scope, sealed };
}

/** What to type to seal a value for that name and scope. */
export function sealCommand(name: string, scope: SecretScope): string {
  const [option] = Object.entries(toOwner(scope)) as [string, string][];
  return `danube secret seal ${name}${option === undefined ? '' : ` --${option[0]} ${option[1]}`}`;
}
