import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectName } from '@danube/core/adapters/runtime-kubernetes/pod-layout.js';
import type { JobSpec, ProcessEnd } from '@danube/core/services/ports/job-runtime.js';
import { awaitOutput, collectProcess } from '@danube/test-support/collect-process.js';
import {
  type KubernetesRuntimeHarness,
  openKubernetesHarness,
} from '@danube/test-support/kubernetes-runtime-harness.js';
import { RawClient } from '@danube/test-support/kubernetes/raw-client.js';
import type { StandInCluster } from '@danube/test-support/kubernetes/stand-in-cluster.js';
import type { Pod } from '@danube/test-support/kubernetes/types.js';
import { RecordingLoggers } from '@danube/test-support/recording-logger.js';
import { coordinator, forever, never, RuntimeBench } from '@danube/test-support/runtime-contract/runtime-bench.js';
import { isRealCluster, openTestCluster, type TestCluster } from '@danube/test-support/test-cluster.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

const loggers = new RecordingLoggers();

/** What goes wrong here is ordered from the cluster that this machine plays. */
describe.skipIf(isRealCluster)('the kubernetes runtime, when', () => {
  let cluster: TestCluster;
  let standIn: StandInCluster;
  let harness: KubernetesRuntimeHarness;
  const bench = new RuntimeBench(async () => (harness = await openKubernetesHarness(cluster, { loggers })));
  beforeAll(async () => {
    cluster = await openTestCluster();
    if (cluster.standIn === undefined) throw new Error('there is no stand-in');
    standIn = cluster.standIn;
  });
  afterAll(() => cluster.stop());
  beforeEach(() => bench.open());
  afterEach(async () => {
    standIn.faults.answerAgain();
    standIn.faults.resumeExecs();
    standIn.faults.slowExec(0);
    await bench.close();
  });

  const podOf = (job: JobSpec) => ({ name: objectName(job.jobId) });
  const counting = 'i=0; while [ $i -lt 300 ]; do i=$((i + 1)); echo "line $i"; sleep 0.01; done';
  const counted = Array.from({ length: 300 }, (_, i) => `line ${i + 1}\n`).join('');

  async function startCounting() {
    const job = await bench.startJob();
    const spec = bench.step(job, counting);
    await bench.runtime.startStep(spec);
    await awaitOutput(bench.runtime, spec, (text) => text.includes('line 20\n'));
    return { job, collected: collectProcess(bench.runtime, spec) };
  }

  function lost(end: ProcessEnd | undefined): string {
    expect(end?.kind).toBe('lost');
    return end?.kind === 'lost' ? end.reason : '';
  }

  async function coordinatorState(client: RawClient, job: JobSpec): Promise<object | undefined> {
    const { text } = await client.send('GET', `/api/v1/namespaces/danube-jobs/pods/${objectName(job.jobId)}`);
    return (JSON.parse(text) as Partial<Pod>).status?.containerStatuses?.[0]?.state;
  }

  test('streams are cut again and again, every byte of a step arrives once', async () => {
    const { collected } = await startCounting();
    const cutting = setInterval(() => standIn.faults.cutExecs(), 300);
    const { stdout, end } = await collected;
    clearInterval(cutting);
    expect([stdout.toString(), end]).toEqual([counted, expect.objectContaining({ exitCode: 0 })]);
  });

  test('the API server is away while a step runs and ends, the step is as long as it is', async () => {
    const { collected } = await startCounting();
    standIn.faults.goAway(4000);
    const { stdout, end } = await collected;
    expect([stdout.toString(), end]).toEqual([counted, expect.objectContaining({ exitCode: 0 })]);
    if (end?.kind === 'exited') expect(end.finishedAt - end.startedAt).toBeGreaterThan(2900);
  });

  test('watches break, are refused and are too old, jobs start all the same', async () => {
    standIn.faults.dropWatches();
    await bench.startJob();
    standIn.faults.expireResourceVersions();
    standIn.faults.dropWatches();
    await bench.startJob();
    standIn.faults.watchError();
    const job = await bench.startJob();
    expect((await bench.runStep(job, 'cat greeting')).stdout).toBe('hello\n');
  });

  test('a coordinator asks for a step before the master hears that it runs, the step runs', async () => {
    const job = harness.job(forever);
    bench.removeLater(job);
    const callsBefore = standIn.calls.length;
    const starting = bench.runtime.start(job, never);
    const delivers = () => standIn.calls.slice(callsBefore).some(({ subresource }) => subresource === 'exec');
    await expect.poll(delivers, { interval: 5, timeout: 20_000 }).toBe(true);
    standIn.faults.answerWith({ status: 503, filter: { verb: 'watch' } });
    standIn.faults.dropWatches();
    const client = new RawClient(cluster.kubeconfig);
    await expect.poll(() => coordinatorState(client, job), { timeout: 20_000 }).toHaveProperty('running');
    const spec = bench.step(job, 'cat greeting');
    await bench.runtime.startStep(spec);
    standIn.faults.answerAgain();
    await starting;
    expect((await collectProcess(bench.runtime, spec)).stdout.toString()).toBe('hello\n');
  });

  test('the API server answers 429 and 500 for a while, nothing is done twice and nothing fails', async () => {
    standIn.faults.answerWith({ status: 429, retryAfter: 1, times: 4 });
    standIn.faults.answerWith({ status: 500, times: 4 });
    const job = await bench.startJob('echo started >>runs; exec sleep 1000');
    standIn.faults.answerWith({ status: 503, times: 3 });
    const { stdout } = await bench.runStep(job, 'echo ran >>runs; cat runs');
    expect(stdout).toBe('started\nran\n');
    expect(harness.metrics.get('danube_k8s_api_calls_total', { operation: 'create pods', status: '201' })).toBe(1);
  });

  test('execs open slowly, steps run once', async () => {
    const job = await bench.startJob();
    standIn.faults.slowExec(1500);
    const spec = bench.step(job, 'echo ran >>runs; cat runs');
    await Promise.all([bench.runtime.startStep(spec), bench.runtime.startStep(spec)]);
    expect((await collectProcess(bench.runtime, spec)).stdout.toString()).toBe('ran\n');
  });

  test('the worker runs out of memory, its steps are lost for that reason and the next one runs', async () => {
    const job = await bench.startJob();
    const spec = bench.step(job, 'echo up; exec sleep 1000');
    await bench.runtime.startStep(spec);
    await awaitOutput(bench.runtime, spec, (text) => text.includes('up'));
    standIn.faults.oomKill(podOf(job), 'worker');
    const { stdout, end } = await collectProcess(bench.runtime, spec);
    expect(stdout.toString()).toBe('up\n');
    expect(lost(end)).toMatch(/"worker" ran out of memory .*2Gi/);
    expect((await bench.runStep(job, 'echo again')).stdout).toBe('again\n');
  });

  test.each([
    [
      'the coordinator runs out of memory',
      (job: JobSpec) => Promise.resolve(standIn.faults.oomKill(podOf(job), 'coordinator')),
      /memory/,
    ],
    [
      'the pod is evicted',
      (job: JobSpec) => standIn.faults.evict(podOf(job), 'The node was low on disk.'),
      /low on disk/,
    ],
    ['the node is lost', (job: JobSpec) => standIn.faults.loseNode(podOf(job)), /node/],
    ['somebody deletes the pod', (job: JobSpec) => standIn.faults.deletePod(podOf(job)), /deleted/],
  ])('%s, the job ends for that reason, with all that it had said', async (_, strike, reason) => {
    const job = await bench.startJob('echo said; exec sleep 1000');
    const spec = bench.step(job, 'echo up; exec sleep 1000');
    await bench.runtime.startStep(spec);
    await awaitOutput(bench.runtime, spec, (text) => text.includes('up'));
    await awaitOutput(bench.runtime, coordinator(job), (text) => text.includes('said'));
    await strike(job);
    const ended = await collectProcess(bench.runtime, coordinator(job));
    expect(lost(ended.end)).toMatch(reason);
    expect(ended.stdout.toString()).toBe('said\n');
    lost((await collectProcess(bench.runtime, spec)).end);
    await expect(bench.runtime.startStep(bench.step(job, 'true'))).rejects.toMatchObject({ code: 'pod_failed' });
  });

  test('the coordinator is killed while nobody listens, its last words arrive all the same', async () => {
    const ask = 'git ls-remote "$DANUBE_REPO" >/dev/null';
    const job = await bench.startJob(`echo first; sleep 1; echo last; echo words >&2; ${ask}; exec sleep 1000`);
    await awaitOutput(bench.runtime, coordinator(job), (text) => text.includes('first'));
    const asked = harness.gitRequests.length;
    standIn.faults.answerWith({ status: 503, filter: { subresource: 'exec' } });
    standIn.faults.cutExecs();
    await vi.waitUntil(() => harness.gitRequests.length > asked, { timeout: 20_000 });
    standIn.faults.oomKill(podOf(job), 'coordinator');
    standIn.faults.answerAgain();
    const { stdout, stderr, end } = await collectProcess(bench.runtime, coordinator(job));
    expect([stdout.toString(), stderr.toString()]).toEqual(['first\nlast\n', 'words\n']);
    expect(lost(end)).toMatch(/memory/);
  });

  test('a supervisor is killed, its step is lost and no other', async () => {
    const job = await bench.startJob();
    const spec = bench.step(job, 'echo up; exec sleep 1000');
    await bench.runtime.startStep(spec);
    await awaitOutput(bench.runtime, spec, (text) => text.includes('up'));
    const { sequence } = spec;
    await bench.runStep(job, `read -r pid rest </danube/processes/${sequence}/claim; kill -9 "$pid"`);
    expect(lost((await collectProcess(bench.runtime, spec)).end)).toMatch(/supervisor was killed/);
    expect((await bench.runStep(job, 'echo fine')).stdout).toBe('fine\n');
  });

  test('the pod is gone before a master that was away comes back, the job is lost and not started anew', async () => {
    const job = harness.job('exec sleep 1000');
    bench.removeLater(job);
    const first = harness.reopen();
    await first.start(job, never);
    await first.close();
    await standIn.faults.deletePod(podOf(job));
    expect(await bench.runtime.adopt(job.jobId, job.connection)).toBe('started');
    expect(lost((await collectProcess(bench.runtime, coordinator(job))).end)).toMatch(/its pod/);
  });

  test('a master is killed while it removes the last of a job, the next one finds nothing to wait for', async () => {
    const { jobId } = harness.job('true');
    mkdirSync(join(harness.dataDir, 'jobs', jobId, 'processes'), { recursive: true });
    lost((await collectProcess(bench.runtime, { jobId, sequence: 0 })).end);
    await bench.runtime.cleanUp(jobId);
    expect(await bench.runtime.listJobs()).toEqual([]);
  });

  test('nothing of the token is in any manifest, in the arguments of any command or on the disk', async () => {
    const job = await bench.startJob();
    await bench.runStep(job, 'true');
    expect(JSON.stringify(standIn.calls)).not.toContain(job.connection.token);
    const folder = join(harness.dataDir, 'jobs', job.jobId);
    expect(readFileSync(join(folder, 'addresses'), 'utf8')).not.toContain(job.connection.token);
  });
});
