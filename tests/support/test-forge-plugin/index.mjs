import { readFileSync } from 'node:fs';
import { DanubeError, definePlugin } from '@danube/plugin-api';
import { ForgeApi, hmacSha256Matches, urlPath } from '@danube/plugin-api/toolkit';

/** Events are sent as they are: the body is `{ repository, event, … }` with the fields of the contract. */
function read({ body }) {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    throw new DanubeError('delivery_invalid', `the body is not JSON: ${error.constructor.name}`, {
      category: 'invalid',
    });
  }
}

/** Statuses are sent as they are. */
function createStatuses(baseUrl) {
  const api = new ForgeApi({ forge: 'the test forge', baseUrl });
  return {
    report: async ({ sha }, status, signal) => {
      await api.call({ method: 'POST', path: urlPath`/statuses/${sha}`, body: status }, signal);
    },
  };
}

function createForge({ history_file: historyFile, status_url: statusUrl }) {
  return {
    credentialHeaders: ['x-test-token'],
    servesRepository: (url) => !url.includes('elsewhere.example'),
    deliveryId: ({ headers }) => headers['x-test-delivery'],
    identifyRepository(delivery) {
      const { repository, event } = read(delivery);
      if (event === 'explode') throw new Error('this plugin has a mistake');
      if (repository === undefined) return { kind: 'ignored', reason: 'the delivery is about no repository' };
      return repository;
    },
    verifySignature: ({ headers, body }, secret) => hmacSha256Matches(body, headers['x-test-signature'], secret),
    parseEvent(delivery) {
      const { event, ...fields } = read(delivery);
      if (event === 'ping') return { kind: 'ignored', reason: 'ping' };
      if (event === 'odd') throw new DanubeError('delivery_invalid', 'after is missing', { category: 'invalid' });
      return { message: '', actor: 'ada', before: undefined, ...fields, kind: event };
    },
    ...(statusUrl !== undefined && { statuses: createStatuses(statusUrl) }),
    ...(historyFile !== undefined && {
      history: {
        recentPushes: ({ url }) =>
          Promise.resolve(
            JSON.parse(readFileSync(historyFile, 'utf8')).filter(({ repository }) =>
              repository.cloneUrls.includes(url),
            ),
          ),
      },
    }),
  };
}

const configSchema = {
  type: 'object',
  additionalProperties: false,
  properties: { history_file: { type: 'string' }, status_url: { type: 'string' } },
};

export default definePlugin({ id: 'test-forge', forges: [{ type: 'test', configSchema, create: createForge }] });
