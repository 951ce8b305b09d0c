import type { Forge, ForgeEvent, Ignored, WebhookDelivery } from '@danube/plugin-api';
import { isDanubeError } from '@danube/plugin-api';
import type { ForgeMutation } from './forge-signature-mutations.js';

type Outcome = ForgeEvent | Ignored;

const parsing =
  (change: (outcome: Outcome, delivery: WebhookDelivery) => unknown): ForgeMutation[1] =>
  (forge) => ({ parseEvent: (delivery) => change(forge.parseEvent(delivery), delivery) as Outcome });

const name = ({ headers }: WebhookDelivery) => headers['x-example-delivery'];
const text = ({ body }: WebhookDelivery) => Buffer.from(body).toString();
const afterGarbage =
  (wrong: (delivery: WebhookDelivery, error: unknown) => unknown): ForgeMutation[1] =>
  (forge) => ({
    parseEvent: (delivery) => {
      try {
        return forge.parseEvent(delivery);
      } catch (error) {
        return wrong(delivery, error) as Outcome;
      }
    },
  });
const event: Outcome = {
  kind: 'push',
  repository: { fullName: 'a/b', cloneUrls: ['https://example.com/a/b'] },
  ref: 'refs/heads/main',
  commit: 'a'.repeat(40),
  before: undefined,
  message: '',
  actor: '',
};
/** A forge that keeps something from one delivery to the next. */
const remembering = (forge: Forge): Partial<Forge> => {
  let calls = 0;
  return { deliveryId: (delivery) => ((calls += 1) > 12 ? 'another' : forge.deliveryId(delivery)) };
};
const meaning = 'recorded deliveries mean what the samples say';
const members = 'a body with a member that is missing or wrong gives a valid event, or is refused';
const garbage = 'garbage is ignored, or refused as delivery_invalid';

export const eventMutations: readonly ForgeMutation[] = [
  [
    'servesRepository knows its own repositories and no others',
    () => ({ servesRepository: (url) => url.includes('example') }),
  ],
  [meaning, parsing((outcome) => (outcome.kind === 'push' ? { ...outcome, message: 'another' } : outcome))],
  [
    meaning,
    parsing((outcome, delivery) => (name(delivery) === 'id-deleted' ? { kind: 'ignored', reason: 'so' } : outcome)),
  ],
  [
    'identifyRepository answers the repository of the event',
    (forge) => ({
      identifyRepository: (delivery) => {
        const identified = forge.identifyRepository(delivery);
        return 'kind' in identified ? identified : { ...identified, fullName: 'another' };
      },
    }),
  ],
  ['deliveryId answers the id of the forge', () => ({ deliveryId: () => undefined })],
  [
    garbage,
    afterGarbage((delivery, error) => {
      if (text(delivery) === '') return JSON.parse('');
      throw error;
    }),
  ],
  [
    garbage,
    afterGarbage((delivery, error) => {
      if (text(delivery) === 'null') return event;
      throw error;
    }),
  ],
  [
    garbage,
    afterGarbage((delivery, error) => {
      // recursion that no depth limit guards
      const depth = (value: unknown): number =>
        typeof value === 'object' && value ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0;
      if (text(delivery).startsWith('[[[')) depth(JSON.parse(text(delivery)));
      throw error;
    }),
  ],
  [
    'headers that are junk, or missing, break nothing',
    (forge) => ({
      deliveryId: ({ headers }) =>
        Object.keys(headers).length === 0 ? (7 as never) : forge.deliveryId({ headers, body: new Uint8Array() }),
    }),
  ],
  [
    'headers that are junk, or missing, break nothing',
    () => ({ sentAt: ({ headers }) => Number(headers['x-example-time']) }),
  ],
  [
    members,
    afterGarbage((_delivery, error) => {
      if (isDanubeError(error) && error.message.startsWith('after is missing'))
        throw new TypeError('after is undefined');
      throw error;
    }),
  ],
  [
    members,
    afterGarbage((_delivery, error) => {
      if (isDanubeError(error) && error.message.startsWith('after is not a full')) return { ...event, commit: '-1' };
      throw error;
    }),
  ],
  [
    members,
    parsing((outcome, delivery) =>
      text(delivery).includes('refs/notes/') ? { ...event, ref: 'refs/notes/commits' } : outcome,
    ),
  ],
  [
    'a pull request is from a fork where that cannot be told',
    parsing((outcome, delivery) =>
      outcome.kind === 'pull_request' && text(delivery).includes('"head_repository":null')
        ? { ...outcome, fromFork: false }
        : outcome,
    ),
  ],
  ['the same delivery gives the same answers, in any order and from any instance', remembering],
  [
    'the same delivery gives the same answers, in any order and from any instance',
    () => {
      let calls = 0;
      return { sentAt: () => ((calls += 1) > 12 ? 1 : 0) };
    },
  ],
  [
    'a delivery is read and never changed',
    (forge) => ({
      parseEvent: (delivery) => {
        const outcome = forge.parseEvent(delivery);
        delivery.body[0] = 0x20;
        return outcome;
      },
    }),
  ],
  [
    'what the answers hold belongs to the caller',
    (forge) => {
      const shared = { cloneUrls: ['https://example.com/octo/hello.git'] };
      return {
        parseEvent: (delivery) => {
          const outcome = forge.parseEvent(delivery);
          if (outcome.kind === 'ignored' || outcome.repository.fullName !== 'octo/hello') return outcome;
          const { cloneUrls } = shared;
          return outcome.repository.cloneUrls[0] === 'https://example.com/octo/hello.git'
            ? { ...outcome, repository: { fullName: 'octo/hello', cloneUrls } }
            : outcome;
        },
      };
    },
  ],
];
