import { sealedSecret, type SealedSecret } from '../../domain/secret/sealed-secret.js';
import { toScope } from '../../domain/secret/secret-scope.js';
import type { SecretSpec } from './schemas/secret-spec.js';

export function toSecret(name: string, spec: SecretSpec): SealedSecret {
  return sealedSecret(name, toScope(spec), spec.sealed);
}
