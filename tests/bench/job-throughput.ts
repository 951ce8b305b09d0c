import { type Row, residentMegabytes, time } from './measure.js';
import { createWorld, trigger } from './world.js';

const danubefile = 'from danube import step\nstep.run("true", name="one", check=True)\n';
const jobs = 200;

/** Jobs ended per second with four at once, and the memory that this takes. */
export async function jobThroughput(): Promise<Row[]> {
  const pipelines = Array.from({ length: jobs }, (_, n) => `p${n}`);
  const world = await createWorld({ danubefile, pipelines, maxConcurrent: 4 });
  try {
    await world.server.start();
    const idle = residentMegabytes(world.server.pid);
    let peak = idle;
    const sampler = setInterval(() => (peak = Math.max(peak, residentMegabytes(world.server.pid))), 50);
    const ms = await time(async () => {
      const ids = await Promise.all(pipelines.map((name) => trigger(world.server, name)));
      const ended = await Promise.all(ids.map((id) => world.server.ended(id)));
      const failed = ended.filter(({ status }) => status !== 'success');
      if (failed.length > 0) throw new Error(`${failed.length} jobs failed: ${JSON.stringify(failed[0])}`);
    });
    clearInterval(sampler);
    return [
      { name: 'jobs per second, four at once', value: (jobs * 1000) / ms, unit: '/s', aim: '25 /s or more' },
      { name: 'resident memory, idle after start', value: idle, unit: 'MB', aim: '120 MB' },
      { name: 'resident memory, peak under that load', value: peak, unit: 'MB' },
    ];
  } finally {
    await world.dispose();
  }
}
