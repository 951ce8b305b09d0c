import { armor, Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { SecretUnsealer } from '../../services/ports/secret-unsealer.js';

/** An age X25519 key pair whose private half lies in an identity file, as the `age` command writes and reads it. */
export class AgeIdentity implements SecretUnsealer {
  private constructor(
    private readonly identity: string,
    readonly recipient: string,
  ) {}

  /** Text of a new identity file. */
  static async generate(): Promise<string> {
    const identity = await generateX25519Identity();
    return `# public key: ${await identityToRecipient(identity)}\n${identity}\n`;
  }

  /** Undefined where the text does not hold exactly one X25519 identity. */
  static async parse(text: string): Promise<AgeIdentity | undefined> {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
    const [identity] = lines;
    if (identity?.startsWith('AGE-SECRET-KEY-1') !== true || lines.length > 1) return undefined;
    try {
      return new AgeIdentity(identity, await identityToRecipient(identity));
    } catch {
      // what the library says of it may quote it
      return undefined;
    }
  }

  async open(sealed: string): Promise<string | undefined> {
    const decrypter = new Decrypter();
    decrypter.addIdentity(this.identity);
    try {
      return await decrypter.decrypt(armor.decode(sealed), 'text');
    } catch {
      return undefined;
    }
  }
}
