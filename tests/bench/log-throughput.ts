import { join } from 'node:path';
import { type Row, run } from './measure.js';
import { createWorld, endedQuietly } from './world.js';

const commands = {
  lines: 'seq 1 1000000',
  bytes: 'head -c 500000000 /dev/zero | tr "\\0" x | fold -w 499',
} as const;

const danubefile = `
import os
from danube import step
step.run(os.environ["COMMAND"], name="print", check=True)
`;

/** A step that prints a million lines, and one that prints 500 MB, each until the last byte is in the log. */
export async function logThroughput(): Promise<Row[]> {
  const world = await createWorld({ danubefile, pipelines: ['print'] });
  try {
    await world.server.start();
    const rows: Row[] = [];
    for (const [what, command] of Object.entries(commands)) {
      const floor = run('sh', ['-c', `${command} > ${join(world.folder, 'floor')}`]);
      const job = await world.server.json<{ id: string }>('POST', '/api/v1/pipelines/print/trigger', {
        env: { COMMAND: command },
      });
      const { started_at, finished_at } = await endedQuietly(world.server, job.id);
      rows.push({
        name: what === 'lines' ? '1,000,000 lines through a step into the log' : '500 MB through a step into the log',
        value: (Date.parse(finished_at) - Date.parse(started_at)) / 1000,
        unit: 's',
        floor: floor / 1000,
        floorIs: 'the same command into a file',
        ...(what === 'lines' ? { aim: 'within 1 s' } : {}),
      });
    }
    return rows;
  } finally {
    await world.dispose();
  }
}
