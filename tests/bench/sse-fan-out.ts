import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Row, time } from './measure.js';
import { createWorld } from './world.js';

const viewers = 200;
const lines = 40_000;
const danubefile = `
from danube import step
step.run("sleep 2; seq -f '%06.0f some ordinary line of output' 1 ${lines}", name="print", check=True)
`;

/** A live job's log sent to 200 viewers that were there from the beginning. */
export async function sseFanOut(): Promise<Row[]> {
  const world = await createWorld({ danubefile, pipelines: ['print'] });
  try {
    await world.server.start();
    const { id } = await world.server.json<{ id: string }>('POST', '/api/v1/pipelines/print/trigger', {});
    let bytes = 0;
    const readToEnd = async () => {
      const response = await world.server.request('GET', `/api/v1/jobs/${id}/logs/stream`);
      let first = 0;
      for await (const chunk of response.body ?? []) {
        // the clock starts with the first burst of output, not with the job
        if (first === 0 && (chunk as Uint8Array).length > 10_000) first = performance.now();
        bytes += (chunk as Uint8Array).length;
      }
      return { first, last: performance.now() };
    };
    const views = await Promise.all(Array.from({ length: viewers }, readToEnd));
    const ms = Math.max(...views.map(({ last }) => last)) - Math.min(...views.map(({ first }) => first));
    const floor = await bareFanOut(Math.round(bytes / viewers));
    return [
      {
        name: `log of ${lines} lines live to ${viewers} viewers (${(bytes / 1e6).toFixed(0)} MB in all)`,
        value: ms / 1000,
        unit: 's',
        floor: floor / 1000,
        floorIs: 'a bare node:http server sending as many bytes',
      },
    ];
  } finally {
    await world.dispose();
  }
}

async function bareFanOut(bytesEach: number): Promise<number> {
  const chunk = Buffer.alloc(64 * 1024, 'x');
  const server = createServer((_, response) => {
    let left = bytesEach;
    const push = () => {
      while (left > 0) {
        left -= chunk.length;
        if (!response.write(chunk)) return void response.once('drain', push);
      }
      response.end();
    };
    push();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const ms = await time(() =>
    Promise.all(
      Array.from({ length: viewers }, async () => {
        const response = await fetch(url);
        await response.arrayBuffer();
      }),
    ),
  );
  server.close();
  return ms;
}
