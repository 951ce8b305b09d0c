/** Media type of in-toto statements in an envelope. */
export const statementMediaType = 'application/vnd.in-toto+json';

/** A signed document (Dead Simple Signing Envelope). `payload` and `sig` are base64. */
export interface Envelope {
  readonly payloadType: string;
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** The bytes that an envelope's signatures are over. */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}
