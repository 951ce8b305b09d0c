import { median, repeat, type Row, run, time } from './measure.js';
import { createWorld } from './world.js';

/** From starting the process to the first request that it can answer, with a data directory that exists already. */
export async function serverStart(): Promise<Row[]> {
  const world = await createWorld({ danubefile: '', pipelines: ['one'] });
  try {
    await world.server.start();
    await world.server.kill('SIGTERM');
    const starts = await repeat(7, async () => {
      const ms = await time(() => world.server.start());
      await world.server.kill('SIGTERM');
      return ms;
    });
    const floor = await repeat(7, () => run(process.execPath, ['-e', '0']));
    return [
      {
        name: 'server start to serving',
        value: median(starts),
        unit: 'ms',
        floor: median(floor),
        floorIs: 'node -e 0',
        aim: 'within 1000 ms',
      },
    ];
  } finally {
    await world.dispose();
  }
}
