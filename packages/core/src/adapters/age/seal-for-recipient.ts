import { DanubeError } from '@danube/plugin-api';
import { armor, Encrypter } from 'age-encryption';

/**
 * Encrypts a text for whoever has the identity of that recipient. The same text gives another result each time.
 * @throws DanubeError `recipient_invalid`
 */
export async function sealForRecipient(text: string, recipient: string): Promise<string> {
  const encrypter = new Encrypter();
  try {
    if (!/^age1[a-z0-9]{58}$/.test(recipient)) throw new Error('no X25519 recipient');
    encrypter.addRecipient(recipient);
  } catch {
    // not quoted: somebody may have given the private key instead
    throw new DanubeError(
      'recipient_invalid',
      'this is not the recipient of an instance: give what "danube secret recipient" prints, "age1" and 58 letters and digits',
      { category: 'invalid' },
    );
  }
  return armor.encode(await encrypter.encrypt(text));
}
