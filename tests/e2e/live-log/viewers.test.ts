import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { LogViewer } from '@danube/test-support/log-viewer.js';
import { runDanube } from '@danube/test-support/run-danube.js';
import { ServedProject } from '@danube/test-support/served-project.js';
import { readEvents } from '@danube/test-support/sse-reader.js';

const lines = 2000;
/** Some lines, a pause that the test ends, and again, so that a job lasts for as long as a test looks at it. */
const chatty = `
from danube import step
for part in (1, 2):
    step.run(
        f'for n in $(seq 1 ${lines}); do echo "part-{part} line $n äöü"; done; echo "pause {part}"; '
        f'python3 signals.py wait "$GO-{part}"',
        name=f"part-{part}",
        check=True,
    )
`;

let served: ServedProject;
beforeAll(async () => {
  served = await ServedProject.start({ chatty: { file: chatty } });
});
afterEach(() => served.expectServing());
afterAll(() => served.stop());

let jobs = 0;
async function triggerChatty(): Promise<{ id: string; go: (part: 1 | 2) => void }> {
  const mark = `go-${(jobs += 1)}`;
  const id = await served.trigger('chatty', { GO: mark });
  return { id, go: (part) => served.signals.release(`${mark}-${part}`) };
}

async function expectEveryLineOnce(id: string): Promise<void> {
  for (const part of [1, 2]) {
    const wanted = Array.from({ length: lines }, (_, n) => `part-${part} line ${n + 1} äöü\n`).join('');
    expect((await served.output(id, `part-${part}`)).toString()).toBe(`${wanted}pause ${part}\n`);
  }
}

test('viewers from the beginning, from the middle and after the end see the same bytes, each once', async () => {
  const { id, go } = await triggerChatty();
  const first = new LogViewer(served.server, id);
  await first.has('pause 1');
  const late = new LogViewer(served.server, id);
  await late.has('pause 1');
  go(1);
  go(2);
  await Promise.all([first.done, late.done]);
  const after = new LogViewer(served.server, id);
  await after.done;
  const log = await served.server.log(id);
  for (const viewer of [first, late, after]) {
    expect(viewer.text === log).toBe(true);
    expect(viewer).toMatchObject({ gapless: true, breaks: 0 });
  }
  await expectEveryLineOnce(id);
});

test('a viewer that resumes with the id of any event gets every byte after it, once', async () => {
  const { id, go } = await triggerChatty();
  const viewer = new LogViewer(served.server, id);
  await viewer.has('pause 1');
  const resumed: Promise<string>[] = [];
  const offsets: number[] = [];
  for await (const event of readEvents(await served.server.request('GET', `/api/v1/jobs/${id}/logs/stream`))) {
    if (event.event !== 'log') continue;
    offsets.push(Number(event.id));
    resumed.push(textAfter(id, event.id ?? ''));
    if ((event.data as { text: string }).text.includes('pause 1') || resumed.length === 5) break;
  }
  go(1);
  go(2);
  const texts = await Promise.all(resumed);
  const log = Buffer.from(await served.server.log(id));
  expect(texts.length).toBeGreaterThan(0);
  texts.forEach((text, i) => expect(text === log.subarray(offsets[i]).toString()).toBe(true));
  await viewer.done;
});

async function textAfter(id: string, lastEventId: string): Promise<string> {
  const response = await fetch(`http://${served.server.address}/api/v1/jobs/${id}/logs/stream`, {
    headers: { authorization: `Bearer ${served.server.token}`, 'last-event-id': lastEventId },
  });
  let text = '';
  for await (const { event, data } of readEvents(response))
    if (event === 'log') text += (data as { text: string }).text;
  return text;
}

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'viewers have every byte once across a %s and a restart, on the command line too',
  async (signal) => {
    const { id, go } = await triggerChatty();
    const viewer = new LogViewer(served.server, id);
    const { address, token } = served.server;
    const command = runDanube(['jobs', 'logs', id, '--follow'], {
      env: { DANUBE_SERVER: `http://${address}`, DANUBE_TOKEN: token },
    });
    await viewer.has('part-1 line 100 ');
    await served.server.kill(signal);
    await served.server.start();
    await viewer.has('pause 1');
    go(1);
    await viewer.has('part-2 line 100 ');
    await served.server.kill(signal);
    go(2);
    await served.server.start();
    await viewer.done;
    expect((await served.server.job(id)).status).toBe('success');
    expect(viewer.breaks).toBeGreaterThan(1);
    const log = await served.server.log(id);
    expect(viewer.text === log).toBe(true);
    const printed = await command;
    expect(printed.code).toBe(0);
    expect(printed.stdout === log).toBe(true);
    expect(viewer.gapless).toBe(true);
    await expectEveryLineOnce(id);
  },
);
