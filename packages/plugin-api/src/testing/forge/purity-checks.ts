import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { Forge, WebhookDelivery } from '../../forge.js';
import { SecretValue } from '../../secret-value.js';
import { deliveryOf } from './deliveries.js';
import type { ForgeCheck } from './forge-check.js';
import type { ForgeSamples, RecordedDelivery } from './forge-samples.js';

/** Everything that a forge says about a delivery without I/O. */
function answersOf(forge: Forge, delivery: WebhookDelivery, secret: SecretValue): string {
  const asked = [
    forge.deliveryId(delivery),
    forge.sentAt?.(delivery),
    forge.identifyRepository(delivery),
    forge.verifySignature(delivery, secret),
    forge.parseEvent(delivery),
  ];
  return inspect(asked, { depth: 9 });
}

const secretOf = ({ secret }: RecordedDelivery, samples: ForgeSamples) =>
  new SecretValue(secret ?? samples.webhookSecret);

export const purityChecks: readonly ForgeCheck[] = [
  {
    name: 'the same delivery gives the same answers, in any order and from any instance',
    run: ({ use, samples }) =>
      use(({ instance: first }) =>
        use(({ instance: second }) => {
          const all = (forge: Forge, order: readonly RecordedDelivery[]) =>
            new Map(
              order.map((recorded) => [
                recorded.name,
                answersOf(forge, deliveryOf(recorded), secretOf(recorded, samples)),
              ]),
            );
          const changes = 'a delivery means something else after other deliveries';
          const answers = all(first, samples.deliveries);
          const backwards = [...samples.deliveries].reverse();
          assert.deepEqual(all(first, backwards), all(second, samples.deliveries), changes);
          assert.deepEqual(all(second, backwards), answers, changes);
        }),
      ),
  },
  {
    name: 'a delivery is read and never changed',
    run: ({ use, samples }) =>
      use(({ instance }) => {
        for (const recorded of samples.deliveries) {
          const delivery = deliveryOf(recorded);
          const before = Buffer.from(delivery.body).toString('hex');
          answersOf(instance, delivery, secretOf(recorded, samples));
          assert.equal(Buffer.from(delivery.body).toString('hex'), before, `the body of ${recorded.name} was changed`);
        }
      }),
  },
  {
    name: 'what the answers hold belongs to the caller',
    run: ({ use, samples }) =>
      use(({ instance }) => {
        for (const recorded of samples.deliveries) {
          const secret = secretOf(recorded, samples);
          const before = answersOf(instance, deliveryOf(recorded), secret);
          spoil(instance.identifyRepository(deliveryOf(recorded)));
          spoil(instance.parseEvent(deliveryOf(recorded)));
          assert.equal(
            answersOf(instance, deliveryOf(recorded), secret),
            before,
            `${recorded.name}: an answer is handed out twice`,
          );
        }
      }),
  },
];

/** Changes whatever can be changed. */
function spoil(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    spoil(member);
    Reflect.set(value, key, 'spoilt');
  }
}
