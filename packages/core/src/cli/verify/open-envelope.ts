import { verify } from 'node:crypto';
import { DanubeError } from '@danube/plugin-api';
import type { Static, TSchema } from 'typebox';
import { Check } from 'typebox/value';
import { preAuthenticationEncoding, statementMediaType } from '../../domain/provenance/dsse.js';
import type { PublicKey } from './public-key.js';
import { EnvelopeSchema, StatementSchema, type Statement } from './statement.js';

const keyId = /^[0-9a-f]{64}$/;

/** A document and where it comes from, for messages. */
export interface NamedText {
  readonly text: string;
  readonly origin: string;
}

/**
 * The statement of an envelope that this key has signed. Nothing of the content is looked at before that is certain.
 * @throws DanubeError `provenance_unreadable`, `signing_key_mismatch`, `provenance_changed` (invalid)
 */
export function openEnvelope({ text, origin }: NamedText, publicKey: PublicKey): Statement {
  const envelope = parse(EnvelopeSchema, text);
  if (envelope === undefined) throw unreadable(origin, 'is no signed document (DSSE envelope)');
  const { payloadType, signatures } = envelope;
  if (payloadType !== statementMediaType) throw unreadable(origin, `holds no ${statementMediaType}`);
  const payload = Buffer.from(envelope.payload, 'base64');
  const signed = preAuthenticationEncoding(payloadType, payload);
  if (!signatures.some(({ sig }) => verify(null, signed, publicKey.key, Buffer.from(sig, 'base64')))) {
    const ids = signatures.map(({ keyid }) => keyid);
    throw ids.includes(publicKey.id) ? changed(origin) : otherKey(origin, ids, publicKey);
  }
  const statement = parse(StatementSchema, payload.toString());
  if (statement !== undefined) return statement;
  throw unreadable(origin, 'holds no SLSA provenance v1 of Danube; give the document of the format slsa-v1');
}

function parse<S extends TSchema>(schema: S, text: string): Static<S> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Check(schema, value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function unreadable(origin: string, problem: string): DanubeError {
  return new DanubeError('provenance_unreadable', `${origin} ${problem}`, { category: 'invalid' });
}

function otherKey(origin: string, ids: readonly (string | undefined)[], { id, origin: key }: PublicKey): DanubeError {
  // nobody vouches for what else may stand there, and it would go to a terminal
  const signers = ids.filter((signer) => signer !== undefined && keyId.test(signer));
  const instead = signers.length === 0 ? '' : ` but with ${signers.join(', ')}`;
  return new DanubeError(
    'signing_key_mismatch',
    `${origin} was not signed with the key ${id} of ${key}${instead}; give the public key that the server had when it built the artifact with --public-key`,
    { category: 'invalid' },
  );
}

function changed(origin: string): DanubeError {
  return new DanubeError(
    'provenance_changed',
    `${origin} is not as it was signed: its content or its signature was changed; download it again`,
    { category: 'invalid' },
  );
}
