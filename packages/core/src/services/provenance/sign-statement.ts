import { type Envelope, preAuthenticationEncoding, statementMediaType } from '../../domain/provenance/dsse.js';
import type { Signer } from '../ports/signer.js';

/** Puts a statement into an envelope, signed. */
export function signStatement(statement: object, signer: Signer): Envelope {
  const payload = Buffer.from(JSON.stringify(statement));
  const signature = signer.sign(preAuthenticationEncoding(statementMediaType, payload));
  return {
    payloadType: statementMediaType,
    payload: payload.toString('base64'),
    signatures: [{ keyid: signer.keyId, sig: Buffer.from(signature).toString('base64') }],
  };
}
