import { TestDanube } from '@danube/test-support/danube.js';
import { notifierCode, PluginFolder } from '@danube/test-support/plugin-fixtures.js';
import { Tokens } from '@danube/core/services/tokens.js';
import { afterEach, expect, test } from 'vitest';

let danube: TestDanube | undefined;

afterEach(async () => {
  await danube?.stop();
  danube = undefined;
});

const pipeline = 'from danube import pipeline\n\n\n@pipeline()\ndef main():\n    pass\n';

interface Readiness {
  readonly status: string;
  readonly checks: readonly { readonly name: string; readonly status: string; readonly message?: string }[];
}

async function readiness(): Promise<{ status: number; body: Readiness }> {
  const answer = await fetch(`http://${danube?.running.addresses.http}/health/ready`);
  return { status: answer.status, body: (await answer.json()) as Readiness };
}

/** Brings this `config.json` into force; answers the problems. */
async function sync(instance: Readonly<Record<string, unknown>>): Promise<string[]> {
  danube?.config.commit({ 'config.json': JSON.stringify(instance) });
  const polling = danube?.running.container.resolve(Tokens.PollConfiguration);
  const outcome = await polling?.syncNow(AbortSignal.timeout(60_000));
  return (outcome?.problems ?? []).map(({ file, path, message }) => `${file} ${path}: ${message}`);
}

const notifiers = () => danube?.running.container.resolve(Tokens.Extensions).current.notifiers.map(({ name }) => name);

test('plugins come into force with the configuration, and a broken optional one degrades the server', async () => {
  danube = await TestDanube.start(pipeline);
  const plugins = new PluginFolder(danube.bootstrap().server.dataDir);
  plugins.write({ name: 'good' }).write({ name: 'bad', code: 'throw new Error("no luck in /srv/secret");' });

  const wrong = { plugins: [{ package: 'good' }], notifiers: [{ type: 'good', txt: 'x' }] };
  expect(await sync(wrong)).toEqual(['config.json notifiers[0].txt: unknown key "txt"']);
  expect(notifiers()).toEqual([]);
  const required = { plugins: [{ package: 'bad' }] };
  expect(await sync(required)).toEqual([expect.stringMatching(/^config.json plugins\[0\].package: bad .*no luck/)]);

  const good = {
    plugins: [{ package: 'good' }, { package: 'bad', optional: true }],
    notifiers: [{ type: 'good', text: 'x' }, { type: 'bad' }],
  };
  expect(await sync(good)).toEqual([]);
  expect(notifiers()).toEqual(['good']);
  await danube.halt();
  await danube.boot();
  expect(notifiers()).toEqual(['good']);

  const { status, body } = await readiness();
  expect([status, body.status]).toEqual([200, 'degraded']);
  expect(body.checks).toContainEqual({
    name: 'plugin bad',
    status: 'failed',
    optional: true,
    message: 'it failed and is left out; "danube plugins list" says why',
  });
  expect(body.checks).toContainEqual({ name: 'plugin good', status: 'ok', optional: true });
});

test('required plugins that fail keep the server from starting, with one message that names all', async () => {
  danube = await TestDanube.start(pipeline);
  const plugins = new PluginFolder(danube.bootstrap().server.dataDir);
  plugins.write({ name: 'one' }).write({ name: 'two' });
  const settings = { plugins: [{ package: 'one' }, { package: 'two' }], notifiers: [{ type: 'one' }] };
  expect(await sync(settings)).toEqual([]);
  await danube.halt();

  plugins.write({ name: 'one', code: 'process.exit(7);' }).write({ name: 'two', range: '^99.0.0' });
  await expect(danube.boot()).rejects.toMatchObject({
    code: 'plugins_failed',
    message: expect.stringMatching(/one 1.2.3 cannot be loaded: .*code 7.*\n.*two 1.2.3 works with/) as string,
  });

  plugins.write({ name: 'one', code: notifierCode('one') }).write({ name: 'two' });
  await danube.boot();
  expect(notifiers()).toEqual(['one']);
});
