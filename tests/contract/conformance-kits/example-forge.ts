import {
  secretName,
  type CommitState,
  type Contribution,
  type Forge,
  type ForgeEvent,
  type Ignored,
} from '@danube/plugin-api';
import {
  deliveryInvalid,
  ForgeApi,
  hmacSha256Matches,
  isBranchOrTag,
  readJsonBody,
  secretMatches,
  servedBy,
  urlPath,
  type JsonObject,
} from '@danube/plugin-api/toolkit';

interface Config {
  readonly url: string;
  readonly api_url: string;
  readonly token: string;
}

const words: Readonly<Record<CommitState, string>> = {
  pending: 'waiting',
  running: 'waiting',
  success: 'good',
  failure: 'bad',
  error: 'broken',
};

/** A forge as simple as one can be, which keeps every promise. */
export const exampleForge: Contribution<never, Forge> = {
  type: 'example',
  configSchema: {
    type: 'object',
    additionalProperties: false,
    required: ['url', 'api_url', 'token'],
    properties: { url: { type: 'string' }, api_url: { type: 'string' }, token: secretName('A token.') },
  },
  create: (config: Config, context): Forge => {
    const api = new ForgeApi({
      forge: 'Example',
      baseUrl: config.api_url,
      headers: async (signal) => ({ 'x-token': (await context.secret(config.token, signal)).reveal() }),
    });
    return {
      credentialHeaders: ['x-example-token'],
      servesRepository: (url) => servedBy(config.url, url),
      deliveryId: ({ headers }) => headers['x-example-delivery'],
      identifyRepository: (delivery) => {
        const body = readJsonBody(delivery);
        return body.optionalObject('repository') === undefined
          ? ignored('it is about no repository')
          : repositoryOf(body);
      },
      verifySignature: ({ headers, body }, secret) =>
        hmacSha256Matches(body, headers['x-example-signature']?.replace(/^sha256=/, ''), secret) ||
        secretMatches(headers['x-example-token'], secret),
      parseEvent: (delivery) => eventOf(delivery.headers['x-example-event'], readJsonBody(delivery)),
      statuses: {
        report: async ({ sha }, { state, context: name }, signal) => {
          await api.call({ method: 'POST', path: urlPath`/status/${sha}`, body: { name, word: words[state] } }, signal);
        },
      },
      history: {
        recentPushes: async (_repository, since, signal) => {
          const { object } = await api.call({ method: 'GET', path: `/pushes?since=${since}` }, signal);
          return object()
            .list('pushes')
            .map((push) => eventOf('push', push))
            .filter((event) => event.kind === 'push');
        },
      },
      checkHealth: async (signal) => void (await api.call({ method: 'GET', path: '/health' }, signal)),
    };
  },
};

function eventOf(event: string | undefined, body: JsonObject): ForgeEvent | Ignored {
  if (event === 'push') return pushOf(body);
  if (event === 'pull') return pullOf(body);
  return ignored('it is neither a push nor a pull request');
}

function pushOf(body: JsonObject): ForgeEvent | Ignored {
  if (body.boolean('deleted')) return ignored('the ref was deleted');
  const ref = body.fullRef('ref');
  if (!isBranchOrTag(ref)) return ignored('the ref is neither a branch nor a tag');
  return {
    kind: 'push',
    repository: repositoryOf(body),
    ref,
    commit: body.commit('after'),
    before: body.optionalCommit('before'),
    message: body.optionalText('message') ?? '',
    actor: body.optionalText('actor') ?? '',
  };
}

function pullOf(body: JsonObject): ForgeEvent {
  const repository = repositoryOf(body);
  return {
    kind: 'pull_request',
    repository,
    action: 'opened',
    number: body.positiveInteger('number'),
    title: body.optionalText('title') ?? '',
    sourceBranch: branch(body, 'source'),
    targetBranch: branch(body, 'target'),
    ref: `refs/pull/${body.integer('number')}/head`,
    commit: body.commit('head'),
    baseCommit: body.optionalCommit('base'),
    fromFork: body.optionalText('head_repository') !== repository.fullName,
    actor: body.optionalText('actor') ?? '',
  };
}

function branch(body: JsonObject, name: string): string {
  const text = body.text(name);
  if (text.startsWith('refs/')) throw deliveryInvalid(`${name} is not a short name`);
  return text;
}

function repositoryOf(body: JsonObject) {
  const repository = body.object('repository');
  const fullName = repository.text('name');
  const url = repository.text('url');
  if (!servedBy('https://example.com', url)) throw deliveryInvalid('repository.url is on another host');
  return { fullName, cloneUrls: [url] };
}

function ignored(reason: string): Ignored {
  return { kind: 'ignored', reason };
}
