import { randomBytes } from 'node:crypto';
import { median, type Row } from './measure.js';
import { createWorld, endedQuietly, type World } from './world.js';

const secrets = 200;
const rounds = 3;
const danubefile = `
from danube import step
step.run("head -c 200000000 /dev/zero | tr '\\\\0' x | fold -w 499", name="print", check=True)
`;

/** The same step without and with secrets to look for, of which none is printed, in turns. */
export async function logMasking(): Promise<Row[]> {
  const world = await createWorld({ danubefile, pipelines: ['print'] });
  try {
    await world.server.start();
    const [plain, masked]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      plain.push(await printSeconds(world));
      await forEachSecret((name) => world.server.json('PUT', `/api/v1/secrets/${name}`, { value: randomValue() }));
      masked.push(await printSeconds(world));
      await forEachSecret((name) => world.server.request('DELETE', `/api/v1/secrets/${name}`));
    }
    return [
      {
        name: `200 MB through a step into the log, with ${secrets} secrets to mask`,
        value: median(masked),
        unit: 's',
        floor: median(plain),
        floorIs: 'the same without secrets',
        aim: 'within 1.1×',
      },
    ];
  } finally {
    await world.dispose();
  }
}

async function printSeconds({ server }: World): Promise<number> {
  const { id } = await server.json<{ id: string }>('POST', '/api/v1/pipelines/print/trigger', {});
  const { started_at, finished_at } = await endedQuietly(server, id);
  return (Date.parse(finished_at) - Date.parse(started_at)) / 1000;
}

async function forEachSecret(work: (name: string) => Promise<unknown>): Promise<void> {
  for (let number = 0; number < secrets; number += 1) await work(`SECRET_${number}`);
}

function randomValue(): string {
  return randomBytes(24).toString('base64');
}
