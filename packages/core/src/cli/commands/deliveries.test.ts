import { afterEach, beforeEach, expect, test } from 'vitest';
import { fakeTerminal } from '@danube/test-support/fake-terminal.js';
import { adminToken, HttpFixture } from '@danube/test-support/http-fixture.js';
import { testEvent } from '@danube/test-support/test-forge.js';
import { runCli } from '../run-cli.js';

let fixture: HttpFixture;
beforeEach(async () => (fixture = await HttpFixture.start()));
afterEach(() => fixture.stop());

async function run(...args: readonly string[]) {
  const terminal = fakeTerminal({ env: { DANUBE_SERVER: fixture.url, DANUBE_TOKEN: adminToken } });
  const exitCode = await runCli(args, terminal);
  return { exitCode, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

async function send(body: string): Promise<string> {
  const response = await fetch(`${fixture.url}/webhooks/test`, { method: 'POST', body });
  return ((await response.json()) as { id: string }).id;
}

test('an empty list says what would be in it', async () => {
  const { stderr } = await run('deliveries', 'list');
  expect(stderr).toBe(
    'there are no deliveries yet; what a forge sends to /webhooks/<name of its entry> appears here\n',
  );
});

test('list says what is known of a delivery, before and after it was worked on', async () => {
  const id = await send('{"no": "repository"}');
  expect((await run('deliveries', 'list')).stdout).toMatch(new RegExp(`test +- +waits to be worked on +- +${id}`));
  await fixture.deliveries.work();
  const { exitCode, stdout } = await run('deliveries', 'list', '--forge', 'test');
  expect(exitCode).toBe(0);
  expect(stdout).toContain(id);
  expect(stdout).not.toContain('waits to be worked on');
  expect((await run('deliveries', 'list', '--event', 'ignored')).stdout).toContain(id);
  const none = await run('deliveries', 'list', '--event', 'push');
  expect(none).toMatchObject({
    exitCode: 0,
    stdout: '',
    stderr: 'no deliveries match; "danube deliveries list" shows all\n',
  });
});

test('show and replay take an id, which the shell completes', async () => {
  const id = await send('no JSON at all');
  await fixture.deliveries.work();
  expect((await run('deliveries', 'show', id)).stdout).toMatch(/Outcome +.*JSON/);
  const replayed = await run('deliveries', 'replay', id);
  const copy = /replayed as (\S+);/.exec(replayed.stdout)?.[1] ?? '';
  expect((await run('deliveries', 'show', copy)).stdout).toContain(`Replay of   ${id}`);
  expect((await run('complete', 'deliveries', 'show', '')).stdout.trim().split('\n')).toEqual([copy, id]);
});

test('one that is tried again says when and why', async () => {
  const id = await send('{}');
  await fixture.database.deliveries.postpone(id, 1, Date.parse('2030-01-02T03:04:05Z'), 'no route to the forge');
  const told = 'is tried again at 2030-01-02T03:04:05.000Z: no route to the forge';
  expect((await run('deliveries', 'list')).stdout).toContain(told);
  expect((await run('deliveries', 'show', id)).stdout).toContain(told);
});

test('one that could not be worked on is told from the others', async () => {
  const id = await send(testEvent().toString());
  fixture.deliveries.forges = [];
  await fixture.deliveries.work();
  const reason = 'failed: forge "test" is not enabled any more';
  expect((await run('deliveries', 'list')).stdout).toContain(reason);
  const { stdout } = await run('deliveries', 'show', id);
  expect(stdout).toContain(`Outcome     ${reason}`);
  expect(stdout).toContain('Source      webhook');
});

test.each([
  [['deliveries', 'show', '01a20b18-c908-77c8-9c17-000000000000'], 1, 'delivery'],
  [['deliveries', 'list', '--status', 'lost'], 2, 'received'],
  [['deliveries', 'replay'], 2, 'delivery'],
])('%j ends with %d', async (args, exitCode, words) => {
  const result = await run(...args);
  expect(result.exitCode).toBe(exitCode);
  expect(result.stderr).toContain(words);
});
