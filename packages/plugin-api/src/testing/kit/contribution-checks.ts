import assert from 'node:assert/strict';
import { createHook, executionAsyncId } from 'node:async_hooks';
import type { PluginInstance } from '../../contribution.js';
import { grantedSecrets } from '../../granted-secrets.js';
import type { Samples, Setting } from './setting.js';
import { schemaProblems } from './schema-problems.js';
import type { Check } from './subject.js';

/** What every contribution promises before any instance does anything. */
export function contributionChecks<
  Instance extends PluginInstance,
  S extends Setting,
  Given extends Samples<S>,
>(): readonly Check<Instance, S, Given>[] {
  return [
    {
      name: 'configSchema is a closed JSON Schema',
      run: ({ contribution }) => {
        const problems = schemaProblems(contribution.configSchema);
        return Promise.resolve(assert.deepEqual(problems, [], `configSchema: ${problems.join('; ')}`));
      },
    },
    {
      name: 'the configuration of the samples has the keys that configSchema names',
      run: ({ contribution, make }) =>
        make(({ setting }) => {
          const { properties = {}, required = [] } = contribution.configSchema as Record<
            'properties' | 'required',
            object
          >;
          const keys = Object.keys(setting.config as object);
          assert.deepEqual(
            keys.filter((key) => !Object.hasOwn(properties, key)),
            [],
            'the samples have keys that it does not name',
          );
          assert.deepEqual(
            (required as string[]).filter((key) => !keys.includes(key)),
            [],
            'the samples lack keys that it requires',
          );
        }),
    },
    {
      name: 'names of secrets stand under keys made with secretName',
      run: ({ contribution, make }) =>
        make(({ setting }) => {
          const granted = grantedSecrets(contribution.configSchema, setting.config);
          const written = JSON.stringify(setting.config);
          const names = Object.keys(setting.secrets ?? {}).filter((name) => written.includes(JSON.stringify(name)));
          const refused = names.filter((name) => !granted.has(name));
          const message = `a host refuses ${refused.join(', ')}: use secretName() for the keys of configSchema that name them`;
          assert.deepEqual(refused, [], message);
        }),
    },
    {
      name: 'create is synchronous and does no I/O',
      run: ({ make, contribution }) =>
        make(async ({ setting, kit }) => {
          const before = kit.secretReads();
          const requests = setting.remote?.requests();
          const started = await asynchronousWorkOf(() => {
            const instance: unknown = contribution.create(setting.config as never, kit.context);
            assert.ok(typeof instance === 'object' && instance !== null, 'create answers no object');
            assert.ok(!('then' in instance), 'create answers a promise');
          });
          assert.equal(kit.secretReads(), before, 'create read a secret; read it where it is used');
          assert.equal(setting.remote?.requests(), requests, 'create sent a request');
          assert.deepEqual(
            started,
            [],
            `create began asynchronous work (${started.join(', ')}); it belongs into start`,
          );
        }),
    },
  ];
}

const harmless = new Set(['PROMISE', 'TickObject', 'Microtask']);

/** Kinds of asynchronous work that a synchronous function began, also by way of promises. */
async function asynchronousWorkOf(work: () => void): Promise<readonly string[]> {
  const begun: string[] = [];
  const caused = new Set<number>();
  let running = false;
  const hook = createHook({
    init(id, type, trigger) {
      if (!running && !caused.has(trigger) && !caused.has(executionAsyncId())) return;
      caused.add(id);
      if (!harmless.has(type)) begun.push(type);
    },
  }).enable();
  try {
    running = true;
    work();
    running = false;
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    return begun;
  } finally {
    running = false;
    hook.disable();
  }
}
