import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JobSpec } from '@danube/core/services/ports/job-runtime.js';
import { collectProcess } from '@danube/test-support/collect-process.js';
import {
  type KubernetesRuntimeHarness,
  openKubernetesHarness,
} from '@danube/test-support/kubernetes-runtime-harness.js';
import type { PolicyRule, RulesByNamespace } from '@danube/test-support/kubernetes/api/access-rules.js';
import { RecordingLoggers } from '@danube/test-support/recording-logger.js';
import { coordinator, forever, never } from '@danube/test-support/runtime-contract/runtime-bench.js';
import { isRealCluster, openTestCluster, type TestCluster } from '@danube/test-support/test-cluster.js';
import { loadAll } from 'js-yaml';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules: readonly Required<Omit<PolicyRule, 'resourceNames'>>[];
}

const text = readFileSync(fileURLToPath(new URL('../../../deploy/kubernetes/rbac.yaml', import.meta.url)), 'utf8');
const manifests = loadAll(text) as Manifest[];
const rulesOf = (kind: string) => manifests.find((one) => one.kind === kind)?.rules ?? [];
const [ofJobs, ofCluster] = [rulesOf('Role'), rulesOf('ClusterRole')];

/** Each single right that the rules give, as `verb resource`. */
function rights(rules: Manifest['rules']): readonly string[] {
  return rules.flatMap(({ resources, verbs }) => resources.flatMap((what) => verbs.map((verb) => `${verb} ${what}`)));
}

/** The rules without one right. */
function without(right: string): RulesByNamespace {
  const [verb, resource = ''] = right.split(' ');
  const remaining = ofJobs.map((rule) =>
    rule.resources.includes(resource) ? { ...rule, verbs: rule.verbs.filter((one) => one !== verb) } : rule,
  );
  return { 'danube-jobs': remaining, '*': ofCluster };
}

describe.skipIf(isRealCluster)('the rights in rbac.yaml', () => {
  let clusters: readonly [plain: TestCluster, cilium: TestCluster];
  let cluster: TestCluster;
  let harness: KubernetesRuntimeHarness;
  let permitted: RulesByNamespace;
  let before: number;
  const loggers = new RecordingLoggers();
  beforeAll(async () => {
    const rules: RulesByNamespace = {
      get 'danube-jobs'() {
        return permitted['danube-jobs'] ?? [];
      },
      get '*'() {
        return permitted['*'] ?? [];
      },
    };
    clusters = await Promise.all([openTestCluster({ rules }), openTestCluster({ rules, cilium: true })]);
  });
  afterEach(() => harness.close());
  afterAll(() => Promise.all(clusters.map((one) => one.stop())));

  async function open(rules: RulesByNamespace, one = clusters[0]): Promise<void> {
    loggers.entries.length = 0;
    permitted = rules;
    cluster = one;
    before = calls().length;
    harness = await openKubernetesHarness(cluster, { loggers, settings: { keepFailedForMs: 60_000 } });
  }

  const calls = (since = 0) => (cluster.standIn?.calls ?? []).slice(since).filter(({ resource }) => resource !== '');

  async function start(command = forever): Promise<JobSpec> {
    const job = harness.job(command);
    await harness.runtime.start(job, AbortSignal.timeout(20_000));
    return job;
  }

  async function runStep({ jobId }: JobSpec, sequence: number, image?: string): Promise<void> {
    const step = { jobId, sequence, name: `step-${sequence}`, command: 'true', env: {}, image };
    await harness.runtime.startStep(step);
    expect((await collectProcess(harness.runtime, step)).end).toMatchObject({ exitCode: 0 });
  }

  /** All that the server ever asks of a cluster. */
  async function everything(): Promise<void> {
    const job = await start();
    await runStep(job, 1);
    await runStep(job, 2, cluster.stepImage);
    await harness.reopen().start(job, never);
    await harness.runtime.stopJob(job.jobId, 0);
    await harness.runtime.cleanUp(job.jobId);
    const kept = await start('exit 3');
    await collectProcess(harness.runtime, coordinator(kept));
    await harness.runtime.cleanUp(kept.jobId);
    const orphan = await start();
    await harness.runtime.close();
    rmSync(join(harness.dataDir, 'jobs', orphan.jobId), { recursive: true });
    harness.reopen();
    await expect.poll(() => loggers.messages('info')).toContain('removing a pod that no job needs');
    const policies = cluster === clusters[0] ? 'networkpolicies' : 'ciliumnetworkpolicies';
    await expect.poll(() => used(), { timeout: 20_000 }).toContain(`list ${policies}`);
  }

  /** The rights that the calls so far needed, as {@link rights} writes them. */
  function used(): readonly string[] {
    const whole = calls(before).flatMap(({ verb, resource, subresource }) => {
      const what = subresource === '' ? resource : `${resource}/${subresource}`;
      return (subresource === 'exec' ? ['get', 'create'] : [verb]).map((needed) => `${needed} ${what}`);
    });
    return [...new Set(whole)].sort();
  }

  test.each([
    ['NetworkPolicy', 0, 'ciliumnetworkpolicies'],
    ['CiliumNetworkPolicy', 1, 'networkpolicies'],
  ] as const)('are enough for everything, and none is too many, with %s', async (_, kind, other) => {
    await open({ 'danube-jobs': ofJobs, '*': ofCluster }, clusters[kind]);
    await everything();
    expect(calls(before).filter(({ status }) => status === 401 || status === 403)).toEqual([]);
    const given = [...rights(ofJobs), ...rights(ofCluster)];
    expect(used()).toEqual(given.filter((right) => !right.endsWith(` ${other}`)).sort());
  });

  const clean = async () => {
    const job = await start('exit 3');
    await collectProcess(harness.runtime, coordinator(job));
    await harness.runtime.cleanUp(job.jobId);
  };

  test.each<[string, () => Promise<unknown>]>([
    ['create pods', start],
    ['get pods', async () => harness.reopen().start(await start(), AbortSignal.timeout(20_000))],
    ['create pods/exec', start],
    ['get pods/exec', start],
    ['create networkpolicies', start],
    ['patch pods/ephemeralcontainers', async () => runStep(await start(), 1, cluster.stepImage)],
    ['patch pods', clean],
    ['delete networkpolicies', clean],
    [
      'delete pods',
      async () => {
        const job = await start('exit 0');
        await collectProcess(harness.runtime, coordinator(job));
        await harness.runtime.cleanUp(job.jobId);
      },
    ],
  ])('without %s: what needs it fails and names it', async (right, act) => {
    await open(without(right));
    const [verb = '', resource = ''] = right.split(' ');
    await expect(act()).rejects.toThrow(named(verb, resource));
  });

  test.each(['list pods', 'watch pods', 'list networkpolicies'])(
    'without %s: the server goes on and its log names it',
    async (right) => {
      await open(without(right));
      const [verb = '', resource = ''] = right.split(' ');
      const logged = () => loggers.entries.map(({ fields }) => String((fields['err'] as Error | undefined)?.message));
      await expect.poll(() => logged().join('\n'), { timeout: 20_000 }).toMatch(named(verb, resource));
    },
  );

  test('without a look at namespaces the server takes them as given', async () => {
    await open({ 'danube-jobs': ofJobs });
    await runStep(await start(), 1);
    expect(loggers.messages('error')).toEqual([]);
  });

  /** Both what Danube wanted and what the cluster says is missing. */
  function named(verb: string, resource: string): RegExp {
    const wanted = resource === 'pods/exec' ? 'create pods/exec' : `${verb} ${resource}`;
    return new RegExp(`does not let Danube ${wanted}: .*cannot ${verb} resource "${resource}"`);
  }
});
