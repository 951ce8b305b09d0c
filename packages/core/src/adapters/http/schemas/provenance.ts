import { Type } from 'typebox';

export const EnvelopeSchema = Type.Object(
  {
    payloadType: Type.String({ description: '`application/vnd.in-toto+json`.' }),
    payload: Type.String({ description: 'The statement as JSON, in base64.' }),
    signatures: Type.Array(
      Type.Object({
        keyid: Type.String({ description: 'SHA-256 of the public key in DER, in lower-case hexadecimal.' }),
        sig: Type.String({ description: 'Ed25519, in base64.' }),
      }),
    ),
  },
  { description: 'A signed document (DSSE).' },
);
