import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { isDanubeError } from '../../errors.js';
import type { Forge, ForgeEvent, ForgeRepository, Ignored, WebhookDelivery } from '../../forge.js';
import { deliveryOf } from './deliveries.js';
import { assertSame } from './assert-same.js';
import { assertIgnored, assertOutcome, assertRepository } from './event-shape.js';
import type { ForgeCheck } from './forge-check.js';
import type { RecordedDelivery } from './forge-samples.js';
import { garbageBodies, junkValues } from './garbage.js';
import { jsonVariants } from './json-variants.js';

function check(name: string, run: (recorded: RecordedDelivery, forge: Forge) => void): ForgeCheck {
  return {
    name,
    run: ({ use, samples }) =>
      use(({ instance }) => {
        for (const recorded of samples.deliveries) run(recorded, instance);
      }),
  };
}

export const parsingChecks: readonly ForgeCheck[] = [
  check('recorded deliveries mean what the samples say', (recorded, forge) => {
    const { expected, name } = recorded;
    const outcome = named(name, () => forge.parseEvent(deliveryOf(recorded)));
    assertOutcome(outcome, forge);
    if (expected.kind !== 'ignored') return assertSame(outcome, expected, `${name}: parseEvent`);
    if (outcome.kind !== 'ignored') return assert.fail(`${name} is not ignored`);
    assert.match(outcome.reason, expected.reason ?? /./, `${name}: the reason is "${outcome.reason}"`);
  }),
  check('identifyRepository answers the repository of the event', (recorded, forge) => {
    const identified = named(recorded.name, () => forge.identifyRepository(deliveryOf(recorded)));
    if (recorded.expected.kind === 'ignored') assertIdentified(identified, forge);
    else assertSame(identified, recorded.expected.repository, `${recorded.name}: identifyRepository`);
  }),
  check('deliveryId answers the id of the forge', (recorded, forge) => {
    assertSame({ id: forge.deliveryId(deliveryOf(recorded)) }, { id: recorded.id }, `${recorded.name}: deliveryId`);
  }),
  check('garbage is ignored, or refused as delivery_invalid', (recorded, forge) => {
    for (const [name, body] of garbageBodies(recorded)) {
      for (const headers of [recorded.headers, {}, junkHeaders(recorded)]) {
        const delivery = deliveryOf(recorded, { headers, body });
        const outcome = outcomeOf(() => forge.parseEvent(delivery), `parseEvent of ${name}`);
        assert.ok(outcome === undefined || outcome.kind === 'ignored', `parseEvent of ${name} answers an event`);
        identified(delivery, forge, `identifyRepository of ${name}`);
      }
    }
  }),
  check('headers that are junk, or missing, break nothing', (recorded, forge) => {
    for (const headers of [{}, ...junkValues(20).map((junk) => junkHeaders(recorded, junk))]) {
      const delivery = deliveryOf(recorded, { headers });
      parsed(delivery, forge, 'parseEvent with junk for headers');
      identified(delivery, forge, 'identifyRepository with junk for headers');
      const id = forge.deliveryId(delivery);
      assert.ok(id === undefined || typeof id === 'string', 'deliveryId is neither a text nor undefined');
      const sentAt = forge.sentAt?.(delivery);
      assert.ok(sentAt === undefined || Number.isSafeInteger(sentAt), 'sentAt is neither a whole number nor undefined');
    }
  }),
  check('a body with a member that is missing or wrong gives a valid event, or is refused', (recorded, forge) => {
    for (const { name, body } of jsonVariants(recorded)) {
      const delivery = deliveryOf(recorded, { body });
      parsed(delivery, forge, `${recorded.name} with ${name}`);
      identified(delivery, forge, `${recorded.name} with ${name}`);
    }
  }),
  check('a pull request is from a fork where that cannot be told', (recorded, forge) => {
    if (recorded.expected.kind !== 'pull_request' || !recorded.expected.fromFork) return;
    for (const { name, body } of jsonVariants(recorded)) {
      const outcome = outcomeOf(() => forge.parseEvent(deliveryOf(recorded, { body })), name);
      const own = outcome?.kind === 'pull_request' && !outcome.fromFork;
      assert.ok(!own, `${recorded.name} is not from a fork any more with ${name}`);
    }
  }),
];

function parsed(delivery: WebhookDelivery, forge: Forge, what: string): void {
  const outcome = outcomeOf<ForgeEvent | Ignored>(() => forge.parseEvent(delivery), what);
  if (outcome !== undefined) named(what, () => assertOutcome(outcome, forge));
}

function identified(delivery: WebhookDelivery, forge: Forge, what: string): void {
  const outcome = outcomeOf(() => forge.identifyRepository(delivery), what);
  if (outcome !== undefined) named(what, () => assertIdentified(outcome, forge));
}

function assertIdentified(outcome: ForgeRepository | Ignored, forge: Forge): void {
  if ('kind' in outcome) assertIgnored(outcome);
  else assertRepository(outcome, forge);
}

/** What the call answers; undefined where it refuses the delivery, which is all that it may throw. */
function outcomeOf<T>(call: () => T, what: string): T | undefined {
  try {
    return call();
  } catch (error) {
    const refused = isDanubeError(error) && error.code === 'delivery_invalid' && error.category === 'invalid';
    assert.ok(refused, `${what} throws something other than delivery_invalid: ${inspect(error)}`);
    return undefined;
  }
}

function named<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw Object.assign(new assert.AssertionError({ message: `${what}: ${(error as Error).message}` }), {
      cause: error,
    });
  }
}

function junkHeaders({ headers }: RecordedDelivery, junk = 'junk, junk'): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(headers).map((name) => [name, junk]));
}
