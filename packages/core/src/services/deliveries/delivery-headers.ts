import { inject, injectable } from 'tsyringe';
import type { DeliveryPayload } from '../../domain/delivery/delivery.js';
import type { SecretCipher } from '../ports/secret-cipher.js';
import { Tokens } from '../tokens.js';

type Headers = Readonly<Record<string, string>>;

/** About the connection, or a credential that no forge was meant to send here. */
const notKept = new Set([
  'authorization',
  'connection',
  'cookie',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The headers of a delivery as they are kept: those that hold a secret are encrypted for this delivery alone. */
@injectable()
export class DeliveryHeaders {
  constructor(@inject(Tokens.SecretCipher) private readonly cipher: SecretCipher) {}

  /** @param secret names, in lower case, of the headers that hold a secret */
  seal(deliveryId: string, headers: Headers, secret: readonly string[]): Omit<DeliveryPayload, 'body'> {
    const plain: [string, string][] = [];
    const sealed: [string, string][] = [];
    for (const [name, value] of Object.entries(headers)) {
      if (secret.includes(name)) sealed.push([name, this.#seal(deliveryId, name, value)]);
      else if (!notKept.has(name)) plain.push([name, value]);
    }
    return { headers: Object.fromEntries(plain), sealedHeaders: Object.fromEntries(sealed) };
  }

  /** @throws DanubeError `secret_unreadable` where the encryption key is another one now. */
  open(deliveryId: string, { headers, sealedHeaders }: Omit<DeliveryPayload, 'body'>): Headers {
    const opened = Object.entries(sealedHeaders).map(([name, value]): [string, string] => [
      name,
      Buffer.from(this.cipher.open(Buffer.from(value, 'base64'), sealedForDelivery(deliveryId, name))).toString(),
    ]);
    return { ...headers, ...Object.fromEntries(opened) };
  }

  #seal(deliveryId: string, name: string, value: string): string {
    return Buffer.from(this.cipher.seal(Buffer.from(value), sealedForDelivery(deliveryId, name))).toString('base64');
  }
}

/** What a header of a delivery is sealed for. */
export function sealedForDelivery(deliveryId: string, header: string): string {
  return `delivery:${deliveryId}:${header}`;
}
