import { isDanubeError } from '@danube/plugin-api';
import type { SealedValues } from '../ports/sealed-values.js';
import type { SecretCipher } from '../ports/secret-cipher.js';

/**
 * Seals everything anew; call it within a unit of work. What does not open with the old key stays as it is: it was damaged
 * before. Answers how many values there are and how many of them stay.
 */
export async function resealAll(
  values: SealedValues,
  from: SecretCipher,
  to: SecretCipher,
): Promise<{ readonly sealed: number; readonly unreadable: number }> {
  let [sealed, unreadable] = [0, 0];
  for await (const value of values.all()) {
    const plaintext = openOrNot(from, value.ciphertext, value.context);
    if (plaintext === undefined) unreadable += 1;
    else await value.replace(to.seal(plaintext, value.context));
    sealed += 1;
  }
  return { sealed, unreadable };
}

/** Whether the key has sealed any of it. All is sealed in one transaction, so one value that opens is proof. */
export async function findOpening(values: SealedValues, cipher: SecretCipher): Promise<'some' | 'none' | 'empty'> {
  let found: 'none' | 'empty' = 'empty';
  for await (const { context, ciphertext } of values.all()) {
    if (openOrNot(cipher, ciphertext, context) !== undefined) return 'some';
    found = 'none';
  }
  return found;
}

function openOrNot(cipher: SecretCipher, ciphertext: Uint8Array, context: string): Uint8Array | undefined {
  try {
    return cipher.open(ciphertext, context);
  } catch (error) {
    if (isDanubeError(error) && error.code === 'secret_unreadable') return undefined;
    throw error;
  }
}
