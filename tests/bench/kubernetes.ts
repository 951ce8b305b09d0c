import type { DanubeProcess } from '../support/danube-process.js';
import { isRealCluster, openTestCluster } from '../support/test-cluster.js';
import { openBarePods, type BarePods } from './kubernetes/bare-pods.js';
import { createClusterWorld } from './kubernetes/cluster-world.js';
import { processorTime } from './webhook-load/processor-time.js';
import { median, repeat, type Row, time } from './measure.js';
import { trigger, triggerToEnd } from './world.js';

const atOnce = 40;
const floorIs = 'a pod of the same containers that does nothing, made and watched through the API';
const aim = 'within 1.5× its floor';

/**
 * Jobs of one step in the cluster of `DANUBE_E2E_KUBECONFIG`; else on the stand-in of the tests, whose figures say what
 * Danube adds to it and nothing about clusters. `DANUBE_BENCH_SHORT` takes fewer jobs.
 */
export async function kubernetes(): Promise<Row[]> {
  if (!isRealCluster) console.error('no DANUBE_E2E_KUBECONFIG: these are figures of a stand-in, which say little');
  const [rounds, jobs] = process.env['DANUBE_BENCH_SHORT'] === undefined ? [15, 80] : [5, 40];
  const pipelines = Array.from({ length: jobs }, (_, n) => `p${n}`);
  const cluster = await openTestCluster();
  const world = await createClusterWorld(cluster, pipelines);
  const bare = await openBarePods(cluster);
  try {
    await world.server.start();
    const latency = await measureLatency(world.server, bare, rounds);
    const callsBefore = await apiCalls(world.server);
    const usedBefore = processorTime(world.server.pid);
    const perMinute = (ms: number) => (jobs * 60_000) / ms;
    const ms = await time(() => runAtOnce(world.server, pipelines));
    const used = processorTime(world.server.pid) - usedBefore;
    const calls = (await apiCalls(world.server)) - callsBefore;
    const floorMs = await time(() => Promise.all(lanes(jobs, () => bare.run())));
    const where = isRealCluster ? 'in the cluster' : 'on the stand-in';
    return [
      { name: `one-step job ${where}, trigger to finished`, unit: 'ms', ...latency, floorIs, aim },
      {
        name: `jobs a minute ${where}, ${atOnce} at once`,
        value: perMinute(ms),
        unit: '/min',
        floor: perMinute(floorMs),
        floorIs,
        higherIsBetter: true,
        aim,
      },
      { name: 'calls of the Kubernetes API for one job', value: calls / jobs, unit: 'calls', aim: '8 or fewer' },
      { name: 'processor time of the server for one job', value: used / jobs, unit: 'ms' },
    ];
  } finally {
    await world.dispose();
    await bare.stop();
    await cluster.stop();
  }
}

async function measureLatency(server: DanubeProcess, bare: BarePods, rounds: number) {
  // images are pulled, and what is loaded once is loaded
  await triggerToEnd(server, 'p0');
  await bare.run();
  const floor: number[] = [];
  const value = await repeat(rounds, async () => {
    floor.push(await time(() => bare.run()));
    return time(() => triggerToEnd(server, 'p0'));
  });
  return { value: median(value), floor: median(floor) };
}

async function runAtOnce(server: DanubeProcess, pipelines: readonly string[]): Promise<void> {
  const ids = await Promise.all(pipelines.map((name) => trigger(server, name)));
  const ended = await Promise.all(ids.map((id) => server.ended(id)));
  const failed = ended.filter(({ status }) => status !== 'success');
  if (failed.length > 0) throw new Error(`${failed.length} jobs failed: ${JSON.stringify(failed[0])}`);
}

/** As many promises as run at once, which share the work. */
function lanes(count: number, work: () => Promise<void>): Promise<void>[] {
  let left = count;
  return Array.from({ length: atOnce }, async () => {
    while (left > 0) {
      left -= 1;
      await work();
    }
  });
}

async function apiCalls(server: DanubeProcess): Promise<number> {
  const text = await (await server.request('GET', '/metrics')).text();
  const counts = [...text.matchAll(/^danube_k8s_api_calls_total\{.*\} (\d+)$/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}
