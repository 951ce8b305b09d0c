import {
  DanubeError,
  SecretValue,
  secretName,
  type Builder,
  type BuildPlan,
  type Contribution,
} from '@danube/plugin-api';
import { testBuilder, type BuilderSamples } from '@danube/plugin-api/testing';
import { expect, test } from 'vitest';
import { collectFailures } from './collect-failures.js';
import { commonChecks } from './common-mutations.js';

const token = 'the-token-of-the-registry';
type Change = (builder: Builder) => Partial<Builder>;

const exampleBuilder = (change: Change): Contribution<never, Builder> => ({
  type: 'example',
  configSchema: { type: 'object', additionalProperties: false, properties: { token: secretName('A token.') } },
  create: (config: { token: string }, context) => {
    let secret = new SecretValue('');
    const builder: Builder = {
      start: async (signal) => void (secret = await context.secret(config.token, signal)),
      handles: ({ command }) => /^build(?: |$)/.test(command),
      plan: ({ command }, { workspace, registry }) => {
        const target = /^build (\w+)$/.exec(command)?.[1];
        if (target === undefined)
          throw new DanubeError('build_step_invalid', 'say "build NAME"', { category: 'invalid' });
        return {
          image: 'example.com/builder:1',
          argv: ['build', target, workspace],
          env: { TARGET: `${registry?.host ?? 'local'}/${target}` },
          files: [{ path: '/run/secrets/token', content: secret }],
        };
      },
    };
    return { ...builder, ...change(builder) };
  },
});

const step = (command: string) => ({ name: 'image', command, image: undefined });
const samples: BuilderSamples = {
  prepare: () => Promise.resolve({ config: { token: 'a-token' }, secrets: { 'a-token': token } }),
  handled: [step('build app'), step('build web')],
  passed: [step('make'), step('echo build')],
  invalid: [step('build'), step('build a b')],
};

const planning =
  (change: (plan: BuildPlan, call: number) => object): Change =>
  (builder) => {
    let calls = 0;
    return {
      plan: (...asked) => ({ ...builder.plan(...asked), ...change(builder.plan(...asked), (calls += 1)) }),
    };
  };
const file = (path: string) => planning(() => ({ files: [{ path, content: 'x' }] }));
const runnable = 'a plan can be run: image, arguments, environment, files';
const secret = 'secrets are in files, as SecretValue';
const pure = 'the same arguments give the same plan, whatever was planned before';
const refused = 'what cannot be planned is build_step_invalid';
const own = 'handles says yes to its own steps and no to others';

const mutations: readonly (readonly [string, Change])[] = [
  [own, () => ({ handles: () => true })],
  [own, (builder) => ({ handles: (asked) => builder.handles(asked) && asked.command !== 'build web' })],
  [
    'handles throws for no command',
    (builder) => ({
      handles: (asked) => {
        if (asked.command.includes('\u0000')) throw new Error('NUL');
        return builder.handles(asked);
      },
    }),
  ],
  [runnable, planning(() => ({ image: '' }))],
  [runnable, planning(() => ({ argv: [] }))],
  [runnable, planning(() => ({ env: { 'A-B': 'x' } }))],
  [runnable, file('relative')],
  [runnable, file('/a/../etc/passwd')],
  [runnable, planning(({ files }) => ({ files: [...files, ...files] }))],
  [secret, planning(({ argv }) => ({ argv: [...argv, token] }))],
  [secret, planning(() => ({ files: [{ path: '/run/token', content: token }] }))],
  [pure, planning((_plan, calls) => ({ env: { CALL: String(calls) } }))],
  [
    pure,
    (builder) => {
      let last = '';
      return {
        plan: (asked, facts) => {
          const before = last;
          last = facts.jobId;
          return { ...builder.plan(asked, facts), env: { BEFORE: before } };
        },
      };
    },
  ],
  [
    refused,
    (builder) => ({
      plan: (asked, facts) =>
        builder.plan(asked.command === 'build' ? { ...asked, command: 'build all' } : asked, facts),
    }),
  ],
  [
    refused,
    (builder) => ({
      plan: (asked, facts) => {
        if (asked.command === 'build a b') throw new TypeError('cannot read');
        return builder.plan(asked, facts);
      },
    }),
  ],
];

const failuresOf = (change: Change, changed: Partial<BuilderSamples> = {}) =>
  collectFailures((register) => testBuilder(register, exampleBuilder(change), { ...samples, ...changed }));

test('a builder that keeps every promise passes every check, and for each check there is one that fails it', async () => {
  const { names, failed } = await failuresOf(() => ({}));
  expect(failed).toEqual({});
  const tried = new Set([...mutations.map(([name]) => name), ...commonChecks, 'the samples hold steps of all kinds']);
  expect(names.filter((name) => !tried.has(name))).toEqual([]);
});

test.each(mutations)('%s', async (name, change) => {
  const { failed } = await failuresOf(change);
  expect(Object.keys(failed), JSON.stringify(failed)).toEqual([name]);
});

test.each<Partial<BuilderSamples>>([{ invalid: [] }, { passed: [] }, { handled: [step('build app')] }])(
  'samples without %j are too few',
  async (changed) => {
    const { failed } = await failuresOf(() => ({}), changed);
    expect(Object.keys(failed)).toEqual(['the samples hold steps of all kinds']);
  },
);
