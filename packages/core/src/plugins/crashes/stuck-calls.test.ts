import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { entry, integrations, PluginHostFixture } from '@danube/test-support/plugin-host-fixture.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CallMark } from '../guard/call-mark.js';
import { stuckCallScript } from './stuck-call-script.js';

let fixture: PluginHostFixture;
beforeEach(() => (fixture = new PluginHostFixture()));
afterEach(() => fixture.dispose());

/** A process whose call of this plugin does with its thread what `work` says, watched as a server is. */
async function watched(work: string): Promise<{ readonly code: number | null; readonly signal: string | null }> {
  const program = `
    const { Worker } = require('node:worker_threads');
    const memory = new SharedArrayBuffer(208);
    const head = new Int32Array(memory, 0, 2);
    head[1] = Buffer.from('x forges.parseEvent').copy(Buffer.from(memory, 8));
    const workerData = { memory, looks: 5, everyMs: 20, record: ${JSON.stringify(fixture.stuckRecord)} };
    new Worker(${JSON.stringify(stuckCallScript)}, { eval: true, workerData }).once('online', async () => { ${work} process.exit(0); });`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  printed = '';
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code, signal };
}
let printed: string;

test('a call that does not return ends the process, which says which one it was', async () => {
  expect(await watched('head[0] = 7; for (;;) {}')).toEqual({ code: null, signal: 'SIGKILL' });
  expect(JSON.parse(printed)).toMatchObject({ level: 'ERROR', call: 'x forges.parseEvent' });
  expect(JSON.parse(readFileSync(fixture.stuckRecord, 'utf8'))).toMatchObject({ call: 'x forges.parseEvent' });
});

test('one call after the other, and a thread that does something else, end nothing', async () => {
  const busy = 'for (let n = 1; n < 40; n += 1) { Atomics.store(head, 0, n); Atomics.wait(head, 1, head[1], 10); }';
  const idle = 'Atomics.store(head, 0, 0); Atomics.wait(head, 1, head[1], 400);';
  expect(await watched(busy + idle)).toEqual({ code: 0, signal: null });
});

test('the mark stands for as long as a call does not return, and is that of the outer call', () => {
  const mark = new CallMark();
  const head = new Int32Array(mark.memory, 0, 2);
  const name = () => Buffer.from(mark.memory.slice(8, 8 + (head[1] ?? 0))).toString();
  const call = (method: string) => ({ plugin: 'x', point: 'forges', method });
  const first = mark.during(call('outer'), () => mark.during(call('inner'), () => [head[0], name()]));
  expect(first).toEqual([1, 'x forges.outer']);
  expect(head[0]).toBe(0);
  expect(() =>
    mark.during(call('second'), () => {
      throw new Error(`${head[0]} ${name()}`);
    }),
  ).toThrow('2 x forges.second');
  expect(head[0]).toBe(0);
});

test('a plugin that blocked the server three times within a day is not loaded', async () => {
  fixture.folder.write({ name: 'x' });
  const settings = integrations(['x'], { notifiers: [entry('x')] });
  const line = (hoursAgo: number, call: string) =>
    `${JSON.stringify({ at: new Date(Date.now() - hoursAgo * 3_600_000).toISOString(), call })}\n`;
  const before = line(30, 'x notifiers.create') + line(2, 'x notifiers.create') + line(1, 'xy forges.create');
  writeFileSync(fixture.stuckRecord, `${before}${line(1, 'x notifiers.create')}{"at": "20`);
  expect(await fixture.problems(settings)).toEqual([]);

  await fixture.dispose();
  fixture = new PluginHostFixture();
  fixture.folder.write({ name: 'x' });
  writeFileSync(fixture.stuckRecord, `${before}${line(1, 'x notifiers.create')}${line(0, 'x notifiers.notify')}`);
  expect(await fixture.problems(settings)).toEqual([
    expect.stringMatching(/x blocked the server 3 times within a day .* in x notifiers.notify; install a version/),
  ]);
  await fixture.apply(integrations(['x?'], { notifiers: [entry('x')] }));
  expect(fixture.host.states()).toMatchObject([{ package: 'x', status: 'quarantined' }]);
});
