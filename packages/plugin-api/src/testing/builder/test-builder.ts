import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { Builder, BuildFacts, BuildPlan, BuildStep } from '../../builder.js';
import type { Contribution } from '../../contribution.js';
import { contributionChecks } from '../kit/contribution-checks.js';
import { assertDanubeError, assertNoSecret } from '../kit/failures.js';
import { instanceChecks } from '../kit/instance-checks.js';
import type { Samples, Setting } from '../kit/setting.js';
import { register, type Check } from '../kit/subject.js';
import type { TestFunction } from '../kit/test-function.js';

/** What {@link testBuilder} needs to know of a builder. */
export interface BuilderSamples extends Samples {
  /** Steps that it plans; two different ones at least. */
  readonly handled: readonly BuildStep[];
  /** Steps that are not its own. */
  readonly passed: readonly BuildStep[];
  /** Steps that are its own and that it cannot plan. */
  readonly invalid: readonly BuildStep[];
}

type BuilderCheck = Check<Builder, Setting, BuilderSamples>;

const facts: BuildFacts = Object.freeze({
  jobId: 'a3f1c2d4',
  pipeline: 'nightly',
  commit: 'c'.repeat(40),
  branch: 'feature/x "y" $(z)',
  workspace: '/workspace',
  registry: Object.freeze({ host: 'registry.example.com:5000', insecure: false }),
});
const withoutRegistry: BuildFacts = Object.freeze({ ...facts, registry: undefined });

const oddCommands = [
  '',
  ' ',
  '"',
  "'",
  '\\',
  '\n',
  '$(',
  '`',
  '| |',
  '\u0000',
  'a'.repeat(1_000_000),
  '"'.repeat(100_001),
];

const checks: readonly BuilderCheck[] = [
  {
    name: 'the samples hold steps of all kinds',
    run: ({ samples: { handled, passed, invalid } }) => {
      assert.ok(new Set(handled.map(({ command }) => command)).size > 1, 'fewer than two different handled steps');
      assert.ok(passed.length > 0 && invalid.length > 0, 'no step to pass, or none that is invalid');
      return Promise.resolve();
    },
  },
  {
    name: 'handles says yes to its own steps and no to others',
    run: ({ use, samples }) =>
      use(({ instance }) => {
        for (const step of [...samples.handled, ...samples.invalid])
          assert.equal(instance.handles(frozen(step)), true, `handles says no to "${step.command}"`);
        for (const step of samples.passed)
          assert.equal(instance.handles(frozen(step)), false, `handles says yes to "${step.command}"`);
      }),
  },
  {
    name: 'handles throws for no command',
    run: ({ use, samples }) =>
      use(({ instance }) => {
        const own = samples.handled.map(({ command }) => command);
        for (const command of [...oddCommands, ...own.flatMap((text) => oddCommands.map((odd) => `${text}${odd}`))]) {
          const answer = instance.handles({ name: 'odd', command, image: undefined });
          assert.equal(typeof answer, 'boolean', `handles(${JSON.stringify(command.slice(0, 100))})`);
        }
      }),
  },
  {
    name: 'a plan can be run: image, arguments, environment, files',
    run: plans((plan) => {
      assert.ok(typeof plan.image === 'string' && /^\S+$/.test(plan.image), 'image is empty or holds spaces');
      assert.ok(plan.argv.length > 0, 'argv is empty');
      for (const value of [...plan.argv, ...Object.values(plan.env)]) {
        assert.ok(typeof value === 'string' && !value.includes('\0'), 'argv and env hold texts without NUL');
      }
      for (const name of Object.keys(plan.env))
        assert.match(name, /^[A-Za-z_][A-Za-z0-9_]*$/, `env has the odd name "${name}"`);
      const paths = plan.files.map(({ path }) => path);
      assert.equal(new Set(paths).size, paths.length, 'two files have the same path');
      for (const path of paths) assert.match(path, /^(?:\/(?!\.{1,2}(?:\/|$))[^/\0]+)+$/, 'files have absolute paths');
    }),
  },
  {
    name: 'secrets are in files, as SecretValue',
    run: plans((plan, setting) => assertNoSecret(plan, setting, 'the plan')),
  },
  {
    name: 'the same arguments give the same plan, whatever was planned before',
    run: ({ use, samples }) =>
      use(({ instance: first }) =>
        use(({ instance: second }) => {
          const other = 'the same step gives another plan';
          const planned = (builder: Builder, steps: readonly BuildStep[]) =>
            new Map(steps.map((step) => [step, contentOf(builder.plan(frozen(step), facts))]));
          const plans = planned(first, samples.handled);
          for (const step of samples.handled) first.plan(step, { ...facts, jobId: 'other', workspace: '/other' });
          assert.deepEqual(planned(first, [...samples.handled].reverse()), planned(second, samples.handled), other);
          assert.deepEqual(planned(first, samples.handled), plans, other);
        }),
      ),
  },
  {
    name: 'what cannot be planned is build_step_invalid',
    run: ({ use, samples }) =>
      use(({ instance, setting }) => {
        for (const step of samples.invalid) {
          const expected = { code: 'build_step_invalid', category: 'invalid', retryable: false } as const;
          assertDanubeError(
            thrown(() => instance.plan(frozen(step), facts)),
            expected,
            setting,
          );
        }
      }),
  },
];

/** Looks at every plan, also of a server without a registry, where a step may turn out to be invalid. */
function plans(look: (plan: BuildPlan, setting: Setting) => void): BuilderCheck['run'] {
  return ({ use, samples }) =>
    use(({ instance, setting }) => {
      for (const step of samples.handled) {
        look(instance.plan(frozen(step), facts), setting);
        try {
          look(instance.plan(frozen(step), withoutRegistry), setting);
        } catch (error) {
          assertDanubeError(error, { code: 'build_step_invalid' }, setting);
        }
      }
    });
}

function frozen(step: BuildStep): BuildStep {
  return Object.freeze({ ...step });
}

/** A plan as text, with the secrets that its files hold. */
function contentOf(plan: BuildPlan): string {
  const files = plan.files.map(({ content }) => (typeof content === 'string' ? content : content.reveal()));
  return inspect([plan, files], { depth: 9, maxStringLength: null });
}

function thrown(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return assert.fail('it is planned');
}

/** Checks every promise of {@link Builder}. */
export function testBuilder(
  test: TestFunction,
  contribution: Contribution<never, Builder>,
  samples: BuilderSamples,
): void {
  register(
    test,
    `builders ${contribution.type}`,
    [contribution, samples],
    [...contributionChecks(), ...instanceChecks(), ...checks],
  );
}
