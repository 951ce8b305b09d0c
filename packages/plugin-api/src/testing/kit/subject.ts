import type { Contribution, PluginInstance } from '../../contribution.js';
import { kitContext, type KitContext } from './kit-context.js';
import type { Samples, Setting } from './setting.js';
import type { TestFunction } from './test-function.js';

/** An instance with everything around it. */
export interface Trial<Instance, S extends Setting> {
  readonly instance: Instance;
  readonly setting: S;
  readonly kit: KitContext;
}

/** What a check looks at. */
export interface Subject<Instance extends PluginInstance, S extends Setting, Given extends Samples<S>> {
  readonly contribution: Contribution<never, Instance>;
  readonly samples: Given;
  /** Runs `body` with an instance that was made but not started. */
  readonly make: (body: (trial: Trial<Instance, S>) => Promise<void> | void) => Promise<void>;
  /** Runs `body` with a started instance, and stops it. */
  readonly use: (body: (trial: Trial<Instance, S>) => Promise<void> | void) => Promise<void>;
}

/** One promise of a contract. Its name is what a failing test shows. */
export interface Check<Instance extends PluginInstance, S extends Setting, Given extends Samples<S>> {
  readonly name: string;
  readonly run: (subject: Subject<Instance, S, Given>) => Promise<void>;
}

function subjectOf<Instance extends PluginInstance, S extends Setting, Given extends Samples<S>>(
  contribution: Contribution<never, Instance>,
  samples: Given,
): Subject<Instance, S, Given> {
  const subject: Subject<Instance, S, Given> = {
    contribution,
    samples,
    make: async (body) => {
      const setting = await samples.prepare();
      try {
        const kit = kitContext(contribution.counters, setting.secrets);
        await body({ instance: contribution.create(setting.config as never, kit.context), setting, kit });
        kit.verify();
      } finally {
        await setting.close?.();
      }
    },
    use: (body) =>
      subject.make(async (trial) => {
        try {
          await trial.instance.start?.(new AbortController().signal);
          await body(trial);
        } finally {
          await trial.instance.stop?.();
        }
      }),
  };
  return subject;
}

/** Registers every check of a kit with the author's test runner. */
export function register<Instance extends PluginInstance, S extends Setting, Given extends Samples<S>>(
  test: TestFunction,
  label: string,
  [contribution, samples]: readonly [Contribution<never, Instance>, Given],
  checks: readonly Check<Instance, S, Given>[],
): void {
  const subject = subjectOf<Instance, S, Given>(contribution, samples);
  for (const { name, run } of checks) test(`${label}: ${name}`, async () => run(subject));
}
