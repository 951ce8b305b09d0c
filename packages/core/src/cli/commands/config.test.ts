import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipelineDocument, teamDocument } from '@danube/test-support/config-documents.js';
import { PluginFolder } from '@danube/test-support/plugin-fixtures.js';
import { fakeTerminal } from '@danube/test-support/fake-terminal.js';
import { silentTelemetry } from '@danube/test-support/database.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPersistence } from '../../adapters/persistence/open-persistence.js';
import { prepareDataDirectory } from '../../composition/data-directory.js';
import { runCli } from '../run-cli.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'danube-cli-'));
  await mkdir(path.join(folder, 'repository', 'pipelines'), { recursive: true });
  await write('teams.yaml', teamDocument());
  await write('pipelines/build.yaml', pipelineDocument('build', 'https://git.example.com/a/b.git'));
});
afterEach(() => rm(folder, { recursive: true }));

function write(file: string, text: string): Promise<void> {
  return writeFile(path.join(folder, 'repository', file), text);
}

async function run(...args: readonly string[]) {
  const terminal = fakeTerminal({ cwd: folder, env: { DANUBE_DATA_DIR: path.join(folder, 'data') } });
  const exitCode = await runCli(['config', ...args], terminal);
  return { exitCode, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

test('validate counts what is there', async () => {
  expect(await run('validate', 'repository')).toEqual({
    exitCode: 0,
    stdout: `${folder}/repository is valid: 1 pipeline, 1 team, 0 users, 0 secrets\n`,
    stderr: '',
  });
});

test('validate and plan say of sealed secrets what they cannot tell', async () => {
  const sealed = '-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n';
  const envelope = { apiVersion: 'danube.dev/v1', kind: 'Secret', metadata: { name: 'TOKEN' } };
  await write('secret.yaml', JSON.stringify({ ...envelope, spec: { pipeline: 'build', sealed } }));
  const stderr = 'whether 1 sealed secret can be opened is seen by the server alone\n';
  const validated = await run('validate', 'repository');
  expect(validated).toEqual({
    exitCode: 0,
    stdout: `${folder}/repository is valid: 1 pipeline, 1 team, 0 users, 1 secret\n`,
    stderr,
  });
  expect(JSON.parse((await run('validate', 'repository', '--json')).stdout)).toMatchObject({ valid: true, secrets: 1 });
  const planned = await run('plan', 'repository');
  expect(planned).toMatchObject({ exitCode: 0, stderr });
  expect(planned.stdout).toContain('+ secret TOKEN of pipeline build\n');
  await write('secret.yaml', JSON.stringify({ ...envelope, spec: { pipeline: 'build', value: 'hunter2' } }));
  const refused = await run('validate', 'repository');
  expect(refused).toMatchObject({ exitCode: 1, stderr: '' });
  expect(refused.stdout).toMatch(/^secret.yaml:1:\d+: spec.value: .*"danube secret seal TOKEN --pipeline build"/);
  expect(refused.stdout).not.toContain('hunter2');
});

test('validate and plan know the plugins of the data directory', async () => {
  new PluginFolder(path.join(folder, 'data')).write({ name: 'danube-plugin-chat', id: 'chat' });
  await write('config.yaml', 'notifiers:\n  - type: chat\n    txt: hi\n');
  const unknown =
    'config.yaml:2:11: notifiers[0].type: unknown type "chat" (add "- package: danube-plugin-chat" to plugins)';
  expect((await run('validate', 'repository')).stdout).toContain(unknown);
  await write('config.yaml', 'plugins: [{package: danube-plugin-chat}]\nnotifiers:\n  - type: chat\n    txt: hi\n');
  const misspelt = 'config.yaml:4:5: notifiers[0].txt: unknown key "txt" (did you mean "text"?)';
  expect((await run('validate', 'repository')).stdout).toContain(misspelt);
  expect((await run('plan', 'repository')).stdout).toContain(misspelt);
  await write(
    'config.yaml',
    'plugins: [{package: danube-plugin-chat}]\nnotifiers: [{type: chat, text: hi}]\ngit_authentication: [{type: ssh_key, match_patterns: ["**"]}]\n',
  );
  expect(await run('validate', 'repository')).toMatchObject({ exitCode: 0, stderr: '' });
  expect((await run('plan', 'repository')).stdout).toContain('~ settings: plugins, git_authentication, notifiers');
});

test('validate and plan say which optional plugins would be left out, and why', async () => {
  new PluginFolder(path.join(folder, 'data')).write({ name: 'danube-plugin-chat', id: 'chat', code: 'throw 1;' });
  await write(
    'config.yaml',
    'plugins: [{package: danube-plugin-chat, optional: true}, {package: gone, optional: true}]\nnotifiers: [{type: chat}]\n',
  );
  const chat = /^plugin danube-plugin-chat is left out: .*throws.*; left out: notifiers "chat"$/m;
  const gone = /^plugin gone is left out: gone is not installed; install it with "npm install/m;
  for (const command of ['validate', 'plan']) {
    const { exitCode, stdout } = await run(command, 'repository');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(chat);
    expect(stdout).toMatch(gone);
    const json = JSON.parse((await run(command, 'repository', '--json')).stdout) as object;
    expect(json).toMatchObject({
      valid: true,
      problems: [],
      plugin_failures: [{ package: 'danube-plugin-chat', status: 'quarantined' }, { package: 'gone' }],
    });
  }
});

test('a required plugin that fails is a problem, said once', async () => {
  await write('config.yaml', 'plugins: [{package: gone}]\nnotifiers: [{type: chat}]\n');
  const { exitCode, stdout } = await run('validate', 'repository');
  expect(exitCode).toBe(1);
  expect(stdout.split('gone is not installed')).toHaveLength(2);
  expect(stdout).not.toContain('left out');
});

test('validate names every problem with its place and ends with 1', async () => {
  await write('pipelines/docs.yaml', pipelineDocument('docs', 'https://git.example.com/a/b.git', { team: 'platfrom' }));
  await write('pipelines/broken.yaml', 'a:\n\t- b\n');
  const { exitCode, stdout } = await run('validate', 'repository');
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^pipelines\/broken\.yaml:2:1: /m);
  expect(stdout).toMatch(/has \d problems?\n$/);
  const json = JSON.parse((await run('validate', 'repository', '--json')).stdout) as { valid: boolean };
  expect(json).toMatchObject({ valid: false, problems: [{ file: 'pipelines/broken.yaml', line: 2 }] });
});

test('a folder that is not there is an error and not a valid configuration', async () => {
  const { exitCode, stderr } = await run('validate', 'nowhere');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('(config_directory_unreadable)');
});

test('a folder with nothing in it is valid, and probably another one was meant', async () => {
  await mkdir(path.join(folder, 'empty'));
  const { exitCode, stdout, stderr } = await run('validate', 'empty');
  expect([exitCode, stdout]).toEqual([0, `${folder}/empty is valid: 0 pipelines, 0 teams, 0 users, 0 secrets\n`]);
  expect(stderr).toContain('is it the work tree of the config repository?');
});

test('plan compares with what the data directory holds, and changes nothing', async () => {
  expect(await run('plan', 'repository')).toMatchObject({
    exitCode: 0,
    stdout: '+ team platform\n+ pipeline build\n2 changes would be applied\n',
  });
  expect(existsSync(path.join(folder, 'data'))).toBe(false);

  await storeTeam('platform');
  await storeTeam('leaving');
  expect((await run('plan', 'repository')).stdout).toBe(
    '- team leaving\n+ pipeline build\n2 changes would be applied\n',
  );
  const json = JSON.parse((await run('plan', 'repository', '--json')).stdout) as object;
  expect(json).toEqual({
    valid: true,
    problems: [],
    changes: ['- team leaving', '+ pipeline build'],
    plugin_failures: [],
  });
});

test('plan applies nothing of a configuration with problems', async () => {
  await write('teams.yaml', 'kind: Taem\n');
  const { exitCode, stdout } = await run('plan', 'repository');
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^teams\.yaml:1:/m);
  expect(stdout).toContain('nothing of it would be applied');
});

async function storeTeam(name: string): Promise<void> {
  const { database } = await prepareDataDirectory(path.join(folder, 'data'));
  const persistence = await openPersistence(database, silentTelemetry());
  await persistence.teams.upsert([{ id: name, name, description: undefined, globalAdmin: false, members: [] }]);
  await persistence.close();
}
