import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '@danube/core/cli/run-cli.js';
import { startDanube } from '@danube/core/composition/start-danube.js';
import { fakeTerminal } from '@danube/test-support/fake-terminal.js';
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

/** What a command prints about this server. */
async function cli(...args: readonly string[]): Promise<string> {
  const token = readFileSync(join(danube?.folder ?? '', 'data', 'keys', 'admin.token'), 'utf8').trim();
  const server = `http://${danube?.running.addresses.http}`;
  const terminal = fakeTerminal({ env: { DANUBE_SERVER: server, DANUBE_TOKEN: token } });
  await runCli([...args], terminal);
  return terminal.stdout() + terminal.stderr();
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

test('a secret that an entry names and nobody has stored shows in readiness and in the list of plugins', async () => {
  danube = await TestDanube.start(pipeline);
  const hub = new PluginFolder(danube.bootstrap().server.dataDir);
  const members =
    'credentialHeaders: [], deliveryId() {}, servesRepository() {}, identifyRepository() {}, verifySignature() {}, parseEvent() {},';
  const code = notifierCode('hub', { members }).replace('notifiers:', 'forges:');
  hub.write({ name: 'hub', contributes: { forges: ['hub'] }, code });
  expect(await sync({ plugins: [{ package: 'hub' }], forges: [{ type: 'hub', webhook_secret: 'hub-hook' }] })).toEqual(
    [],
  );
  const message =
    'forges "hub" names the secret "hub-hook", which is not stored; set it with "danube secret set hub-hook"';
  const { body } = await readiness();
  expect(body.status).toBe('degraded');
  expect(body.checks).toContainEqual({ name: 'plugin secrets', status: 'failed', optional: true, message });
  expect(await cli('plugins', 'list')).toMatch(new RegExp(`hub .* degraded +hub\n(.*\n)*hub: ${message}`));
  expect(await cli('sync-config')).toContain(`plugin hub works in part: ${message}\n`);

  // a pipeline's own one of that name is as good
  const secrets = danube.running.container.resolve(Tokens.Secrets);
  await secrets.set('hub-hook', 'value of the secret', { kind: 'pipeline', pipelineId: 'main' }, 'test');
  expect((await readiness()).body.status).toBe('ok');
  expect(await cli('plugins', 'list', '--json')).not.toContain('degraded');
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

test('a required plugin that fails keeps no mended configuration away', async () => {
  danube = await TestDanube.start(pipeline);
  const plugins = new PluginFolder(danube.bootstrap().server.dataDir);
  plugins.write({ name: 'one' }).write({ name: 'two' });
  const configure = (optional: boolean, type = 'two') => ({
    plugins: [{ package: 'one', optional }, { package: 'two' }],
    notifiers: [{ type: 'one' }, { type }],
  });
  expect(await sync(configure(false))).toEqual([]);
  await danube.halt();
  plugins.write({ name: 'one', code: 'throw new Error("no luck");' });
  await expect(danube.boot()).rejects.toThrow(
    new RegExp(
      `one .*no luck\nthe head of the config repository, commit ${danube.config.head().slice(0, 12)}, is what is`,
    ),
  );

  danube.config.commit({ 'config.json': JSON.stringify(configure(true, 'tow')) });
  const head = danube.config.head().slice(0, 12);
  await expect(danube.boot()).rejects.toThrow(
    new RegExp(`commit ${head}, was tried instead and has problems:\n  config.json:.*unknown type "tow"`),
  );

  danube.config.commit({ 'config.json': JSON.stringify(configure(true)) });
  await danube.boot();
  expect(notifiers()).toEqual(['two']);
  const { applied } = danube.running.container.resolve(Tokens.ActiveConfiguration);
  expect(applied.commit).toBe(danube.config.head());
  expect((await readiness()).body.status).toBe('degraded');
});

test('without a config repository that answers, the report says so', async () => {
  danube = await TestDanube.start(pipeline);
  const plugins = new PluginFolder(danube.bootstrap().server.dataDir).write({ name: 'one' });
  expect(await sync({ plugins: [{ package: 'one' }] })).toEqual([]);
  await danube.halt();
  plugins.write({ name: 'one', code: 'throw new Error("no luck");' });
  const bootstrap = { ...danube.bootstrap(), configRepo: { ...danube.bootstrap().configRepo, url: '/nowhere' } };
  await expect(startDanube(bootstrap, { output: process.stderr, version: '0.0.0-test' })).rejects.toThrow(
    /no luck\nthe head of the config repository could not be tried instead:\n {2}.*\/nowhere/,
  );
});
