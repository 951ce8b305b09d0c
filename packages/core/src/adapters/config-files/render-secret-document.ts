import { dump } from 'js-yaml';
import type { SealedSecret } from '../../domain/secret/sealed-secret.js';
import { toOwner } from '../../domain/secret/secret-scope.js';
import { apiVersion } from './schemas/kinds.js';

/** The YAML document for the config repository. */
export function renderSecretDocument({ name, scope, sealed }: SealedSecret): string {
  return dump({ apiVersion, kind: 'Secret', metadata: { name }, spec: { ...toOwner(scope), sealed } });
}
