import { createPrivateKey, type KeyObject } from 'node:crypto';
import { DanubeError, type SecretValue } from '@danube/plugin-api';

const shortestKey = 2048;

/**
 * The private key of a GitHub App.
 * @throws DanubeError `github_app_key_invalid` (unauthenticated), naming the secret and what is wrong, and nothing of its
 * value
 */
export function readAppKey(pem: SecretValue, secretName: string): KeyObject {
  const invalid = (problem: string) =>
    new DanubeError(
      'github_app_key_invalid',
      `the secret "${secretName}" ${problem}; store the .pem file of the app with "danube secret set ${secretName} --from-file <file>"`,
      { category: 'unauthenticated' },
    );
  const text = pem.reveal().trim();
  if (!text.startsWith('-----BEGIN ')) throw invalid('holds no private key in PEM form');
  if (text.startsWith('-----BEGIN ENCRYPTED ') || text.includes('Proc-Type: 4,ENCRYPTED')) {
    throw invalid('holds a private key with a passphrase, which GitHub gives none');
  }
  const key = parsed(text);
  if (key === undefined) throw invalid('holds no private key that can be read, perhaps a part of it only');
  if (key.asymmetricKeyType !== 'rsa')
    throw invalid(`holds a private key of the kind ${key.asymmetricKeyType}, not RSA`);
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < shortestKey) {
    throw invalid(`holds a private key of fewer than ${shortestKey} bits`);
  }
  return key;
}

function parsed(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
}
