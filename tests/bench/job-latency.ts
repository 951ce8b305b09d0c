import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { median, python, repeat, type Row, run, time } from './measure.js';
import { createWorld, triggerToEnd, type World } from './world.js';

const danubefile = 'from danube import step\nstep.run("true", name="one", check=True)\n';
const rounds = 25;

/** From the trigger's request to the event stream's end, for a job of one step. */
export async function jobLatency(): Promise<Row[]> {
  const world = await createWorld({ danubefile, pipelines: ['one'] });
  try {
    await world.server.start();
    await repeat(5, () => time(() => triggerToEnd(world.server, 'one')));
    const latency: number[] = [];
    const floor: number[] = [];
    await repeat(rounds, async () => {
      latency.push(await time(() => triggerToEnd(world.server, 'one')));
      floor.push(bareWork(world));
      return 0;
    });
    return [
      {
        name: 'one-step job, trigger to finished',
        value: median(latency),
        unit: 'ms',
        floor: median(floor),
        floorIs: 'git checkout + python -c pass + sh -c true',
        aim: 'within 2× its floor',
      },
    ];
  } finally {
    await world.dispose();
  }
}

/** The same commit by bare git, the same interpreter doing nothing and the same command, one after the other. */
function bareWork({ folder, project }: World): number {
  const target = join(folder, 'bare');
  const git =
    run('git', ['init', '--quiet', target]) +
    run('git', ['fetch', '--quiet', '--depth=1', project.url, project.head()], { cwd: target }) +
    run('git', ['checkout', '--quiet', '--detach', 'FETCH_HEAD'], { cwd: target });
  const rest = run(python, ['-c', 'pass']) + run('sh', ['-c', 'true']);
  rmSync(target, { recursive: true });
  return git + rest;
}
