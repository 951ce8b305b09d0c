import { sealForRecipient } from '../adapters/age/seal-for-recipient.js';
import { renderSecretDocument } from '../adapters/config-files/render-secret-document.js';
import { sealedPayload } from '../domain/secret/sealed-payload.js';
import { sealedSecret } from '../domain/secret/sealed-secret.js';
import type { SecretScope } from '../domain/secret/secret-record.js';
import { secretValueProblem } from '../domain/secret/secret-value-problem.js';
import { secretValueInvalid } from '../services/secrets/secret-errors.js';

/**
 * The document with a sealed secret for the config repository of the instance with that recipient. Needs no server.
 * @throws DanubeError `secret_value_invalid`, `recipient_invalid`
 */
export async function sealSecret(name: string, scope: SecretScope, value: string, recipient: string): Promise<string> {
  const problem = secretValueProblem(value);
  if (problem !== undefined) throw secretValueInvalid(name, problem);
  const sealed = await sealForRecipient(sealedPayload(name, scope, value), recipient);
  return renderSecretDocument(sealedSecret(name, scope, sealed));
}
