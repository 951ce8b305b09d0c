import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import type { Forge, WebhookDelivery } from '../../forge.js';
import { SecretValue } from '../../secret-value.js';
import { deliveryOf, pseudoRandom, withHeaders } from './deliveries.js';
import type { ForgeCheck } from './forge-check.js';
import type { ForgeSamples, RecordedDelivery } from './forge-samples.js';
import { garbageBodies, junkValues } from './garbage.js';

/** One delivery that was signed, and how to try variants of it. */
interface Signed {
  readonly recorded: RecordedDelivery;
  readonly secret: string;
  readonly refuses: (delivery: WebhookDelivery, what: string, secret?: string) => void;
  readonly refusesHeader: (change: (value: string) => string | undefined, what: string, secret?: string) => void;
}

function check(name: string, run: (signed: Signed, forge: Forge, samples: ForgeSamples) => void): ForgeCheck {
  return {
    name,
    run: ({ use, samples }) =>
      use(({ instance }) => {
        for (const recorded of samples.deliveries) {
          if (recorded.signed !== 'not') run(signed(recorded, instance, samples), instance, samples);
        }
      }),
  };
}

function signed(recorded: RecordedDelivery, forge: Forge, samples: ForgeSamples): Signed {
  const secret = recorded.secret ?? samples.webhookSecret;
  const refuses = (delivery: WebhookDelivery, what: string, given = secret) =>
    assert.equal(forge.verifySignature(delivery, new SecretValue(given)), false, `${recorded.name}: ${what}`);
  return {
    recorded,
    secret,
    refuses,
    refusesHeader: (change, what, given) => {
      const headers = withHeaders(recorded, samples.signatureHeaders, change);
      if (!sameHeaders(headers, recorded.headers)) refuses(deliveryOf(recorded, { headers }), what, given);
    },
  };
}

export const signatureChecks: readonly ForgeCheck[] = [
  check('the right secret verifies', ({ recorded, secret }, forge) => {
    assert.equal(
      forge.verifySignature(deliveryOf(recorded), new SecretValue(secret)),
      true,
      `${recorded.name} does not verify`,
    );
  }),
  check('a wrong secret does not verify', ({ recorded, secret, refuses }) => {
    const wrong = [`${secret}x`, secret.slice(0, -1), secret.slice(1), `x${secret.slice(1)}`, ` ${secret}`, 'wrong'];
    for (const other of wrong) refuses(deliveryOf(recorded), 'it verifies with another secret', other);
  }),
  check('an empty secret verifies nothing', ({ recorded, secret, refuses, refusesHeader }) => {
    refuses(deliveryOf(recorded), 'it verifies with an empty secret', '');
    refusesHeader(() => '', 'an empty signature verifies with an empty secret', '');
    refusesHeader((value) => signedAnew(value, recorded, secret, ''), 'what an empty secret signed verifies', '');
  }),
  check('a missing or empty signature does not verify', ({ refusesHeader }) => {
    refusesHeader(() => undefined, 'it verifies without a signature');
    refusesHeader(() => '', 'it verifies with an empty signature');
  }),
  check('a truncated or extended signature does not verify', ({ refusesHeader }) => {
    refusesHeader((value) => value.slice(0, -1), 'it verifies without the last character');
    refusesHeader((value) => value.slice(0, -2), 'it verifies without the last two characters');
    refusesHeader((value) => value.slice(0, value.length / 2), 'it verifies with half of the signature');
    refusesHeader((value) => `${value}00`, 'it verifies with more behind the signature');
  }),
  check('a signature in upper case does not verify', ({ refusesHeader }) => {
    refusesHeader((value) => value.toUpperCase(), 'it verifies in upper case');
    refusesHeader((value) => value.replace(/[0-9a-f]{64}$/, (hex) => hex.toUpperCase()), 'it verifies in upper case');
  }),
  check('a repeated signature does not verify', ({ refusesHeader }) => {
    refusesHeader((value) => `${value}, ${value}`, 'it verifies where the header was sent twice');
    refusesHeader((value) => `x, ${value}`, 'it verifies where another header came first');
    refusesHeader((value) => `${value}, x`, 'it verifies where another header came after');
  }),
  check('a changed body does not verify', ({ recorded, refuses }) => {
    if (recorded.signed === 'token') return;
    const body = Buffer.from(recorded.body as string);
    for (const at of [0, body.length >> 1, body.length - 1]) {
      const changed = Buffer.from(body);
      changed[at] = (changed[at] as number) ^ 1;
      refuses(deliveryOf(recorded, { body: changed }), `it verifies with another byte at ${at}`);
    }
    refuses(deliveryOf(recorded, { body: Buffer.concat([body, Buffer.from('\n')]) }), 'it verifies with one byte more');
    refuses(deliveryOf(recorded, { body: body.subarray(0, -1) }), 'it verifies with one byte less');
    refuses(deliveryOf(recorded, { body: reformatted(body) }), 'it verifies for JSON that was written again');
  }),
  check('junk does not verify, and throws nothing', ({ recorded, refuses, refusesHeader, secret }, forge) => {
    for (const junk of junkValues(200))
      if (junk !== secret) refusesHeader(() => junk, `it verifies with ${JSON.stringify(junk)}`);
    refuses(deliveryOf(recorded, { headers: {} }), 'it verifies without headers');
    for (const [name, body] of [...garbageBodies(recorded), ['random bytes', randomBytes()] as const]) {
      const delivery = deliveryOf(recorded, { body });
      if (recorded.signed !== 'token') refuses(delivery, `it verifies with a body that is ${name}`);
      else
        assert.equal(
          typeof forge.verifySignature(delivery, new SecretValue(secret)),
          'boolean',
          `it answers no boolean for a body that is ${name}`,
        );
    }
  }),
  {
    name: 'a delivery that was not signed does not verify',
    run: ({ use, samples }) =>
      use(({ instance }) => {
        for (const recorded of samples.deliveries.filter((delivery) => delivery.signed === 'not')) {
          const secret = new SecretValue(recorded.secret ?? samples.webhookSecret);
          assert.equal(instance.verifySignature(deliveryOf(recorded), secret), false, `${recorded.name} verifies`);
        }
      }),
  },
  {
    name: 'headers that hold a secret are named in credentialHeaders',
    run: ({ use, samples }) =>
      use(({ instance }) => {
        for (const name of instance.credentialHeaders)
          assert.equal(name, name.toLowerCase(), 'names are in lower case');
        for (const { headers, secret = samples.webhookSecret } of samples.deliveries) {
          const revealing = Object.keys(headers).filter((name) => headers[name]?.includes(secret));
          const unnamed = revealing.filter((name) => !instance.credentialHeaders.includes(name));
          assert.deepEqual(unnamed, [], 'headers that hold the secret and are not named');
        }
      }),
  },
];

/** The signature with its HMAC made by another secret, where it is an HMAC of the body. */
function signedAnew(value: string, { body }: RecordedDelivery, secret: string, other: string): string {
  for (const algorithm of ['sha256', 'sha512', 'sha1']) {
    for (const encoding of ['hex', 'base64'] as const) {
      const of = (key: string) => createHmac(algorithm, key).update(body).digest(encoding);
      if (value.includes(of(secret))) return value.replace(of(secret), of(other));
    }
  }
  return value;
}

function reformatted(body: Buffer): Buffer {
  const text = body.toString();
  try {
    const compact = JSON.stringify(JSON.parse(text));
    return Buffer.from(compact === text ? JSON.stringify(JSON.parse(text), undefined, 1) : compact);
  } catch {
    return Buffer.concat([Buffer.from(' '), body]);
  }
}

function randomBytes(): Uint8Array {
  const random = pseudoRandom(7);
  return Uint8Array.from({ length: 1000 }, () => random.next().value % 256);
}

function sameHeaders(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
