import { DanubeError, type Contribution, type GitAuthMethod } from '@danube/plugin-api';

type GitAuth = Contribution<never, GitAuthMethod>;
/** What a wrong contribution does otherwise than the correct one, by the name of the check that must find it. */
export type CommonMutation = readonly [check: string, change: (contribution: GitAuth) => GitAuth];

const instance =
  (
    overrides: (method: GitAuthMethod, signal: { hang(signal: AbortSignal): Promise<void> }) => Partial<GitAuthMethod>,
  ) =>
  (contribution: GitAuth): GitAuth => ({
    ...contribution,
    create: (config, context) => {
      const method = contribution.create(config, context);
      // one of its own, so that nothing is cached for the method under test
      const other = contribution.create(config, context);
      const repository = { url: 'https://example.com/octo/hello.git' };
      const ignoringAborts = {
        hang: async () => void (await other.issueCredential(repository, new AbortController().signal)),
      };
      return { ...method, ...overrides(method, ignoringAborts) };
    },
  });

const schema =
  (change: object) =>
  (contribution: GitAuth): GitAuth => ({
    ...contribution,
    configSchema: { ...contribution.configSchema, ...change },
  });
const withProperty = (key: string) => (contribution: GitAuth) => {
  const properties = contribution.configSchema['properties'] as object;
  return schema({ properties: { ...properties, [key]: { type: 'string' } } })(contribution);
};
const named = 'names of secrets stand under keys made with secretName';
const closed = 'configSchema is a closed JSON Schema';
const known = 'the configuration of the samples has the keys that configSchema names';
const synchronous = 'create is synchronous and does no I/O';

/** Wrong for any extension point; tried with the smallest of them. */
export const commonMutations: readonly CommonMutation[] = [
  [closed, schema({ additionalProperties: true })],
  [closed, schema({ additionalProperties: { type: 'string' } })],
  [closed, schema({ $defs: { nested: { type: 'object', properties: {} } } })],
  [closed, schema({ $async: true })],
  [closed, schema({ $defs: { broken: { type: 'text' } } })],
  [closed, schema({ $defs: { broken: { type: 'string', pattern: '(' } } })],
  ...['name', 'type', 'webhook_secret', 'match_patterns'].map((key) => [closed, withProperty(key)] as const),
  [named, withProperty('token')],
  [known, schema({ required: ['url', 'token', 'more'] })],
  [
    known,
    ({ configSchema, ...rest }) => {
      const { token } = configSchema['properties'] as Record<string, unknown>;
      return { ...rest, configSchema: { ...configSchema, required: [], properties: { token } } };
    },
  ],
  [
    synchronous,
    (contribution) => ({
      ...contribution,
      create: (config, context) => {
        void Promise.resolve().then(() => setTimeout(() => undefined, 1));
        return contribution.create(config, context);
      },
    }),
  ],
  [
    synchronous,
    (contribution) => ({
      ...contribution,
      create: (config: { token: string }, context) => {
        void context.secret(config.token, new AbortController().signal);
        return contribution.create(config as never, context);
      },
    }),
  ],
  ['it starts, is healthy, and stops', instance(() => ({ checkHealth: () => Promise.reject(new Error('unwell')) }))],
  ['start ends when it is aborted', instance((_method, ignoring) => ({ start: (signal) => ignoring.hang(signal) }))],
  [
    'checkHealth ends when it is aborted',
    instance((_method, ignoring) => ({ checkHealth: (signal) => ignoring.hang(signal) })),
  ],
  [
    'stop is safe after a start that failed',
    instance(() => {
      let started = false;
      return {
        start: (signal) => {
          if (signal.aborted) return Promise.reject(new DanubeError('aborted', 'aborted', { category: 'unavailable' }));
          started = true;
          return Promise.resolve();
        },
        stop: () => (started ? Promise.resolve() : Promise.reject(new Error('it was never started'))),
      };
    }),
  ],
  [
    'printing an instance shows no secret',
    (contribution) => ({
      ...contribution,
      create: (config: { token: string }, context) => {
        const method = contribution.create(config as never, context);
        const shown = {
          ...method,
          kept: '',
          start: async (signal: AbortSignal) => {
            shown.kept = (await context.secret(config.token, signal)).reveal();
            // only before it is used, so that no other check sees it
          },
          issueCredential: (...[repository, signal]: Parameters<GitAuthMethod['issueCredential']>) => {
            shown.kept = '';
            return method.issueCredential(repository, signal);
          },
        };
        return shown;
      },
    }),
  ],
];

/** Names of the checks that all kits have. */
export const commonChecks: readonly string[] = [...new Set(commonMutations.map(([name]) => name))];
