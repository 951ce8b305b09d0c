import { renameSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { pipelineDocument } from '@danube/test-support/config-documents.js';
import { ServedProject } from '@danube/test-support/served-project.js';

interface Sync {
  readonly status: string;
  readonly commit?: string;
  readonly problems: readonly {
    readonly file: string;
    readonly line: number;
    readonly path: string;
    readonly message: string;
    readonly suggestion?: string;
  }[];
  readonly changes: readonly string[];
}

let served: ServedProject;
beforeAll(async () => {
  served = await ServedProject.start({});
});
afterEach(() => served.expectServing());
afterAll(() => served.stop());

const sync = () => served.server.json<Sync>('POST', '/api/v1/config/sync');

async function readiness(): Promise<[number, string]> {
  const response = await served.server.request('GET', '/health/ready');
  return [response.status, ((await response.json()) as { status: string }).status];
}

const head = 'apiVersion: danube.dev/v1\nkind: Pipeline\nmetadata: {name: extra}\nspec:\n';
const bomb =
  head +
  `  description: &a0 "lol"\n  env:\n    L: x\n  triggers:\n` +
  Array.from({ length: 12 }, (_, i) => `    - &a${i + 1} [${Array(10).fill(`*a${i}`).join(',')}]\n`).join('');

test.each([
  ['a tab', `${head}\tteam: platform\n`, { line: 5 }, /tab/i],
  [
    'a duplicate key',
    `${head}  team: platform\n  team: platform\n  repository: /x\n`,
    { line: 6 },
    /duplicate|twice|unique/i,
  ],
  ['a bomb of aliases', bomb, {}, /alias/i],
  [
    'a team that is not there',
    `${head}  team: platfrom\n  repository: /x\n`,
    { line: 5, path: 'spec.team' },
    /platform/,
  ],
  ['an unknown key', `${head}  team: platform\n  repositroy: /x\n`, {}, /repository/],
  [
    'a timeout of the wrong form',
    `${head}  team: platform\n  repository: /x\n  timeout: soon\n`,
    { line: 7 },
    /30s|5m|1h/,
  ],
  ['a password in a URL', `${head}  team: platform\n  repository: https://u:hidden@h/x\n`, { line: 6 }, /password/i],
])(
  'a pushed commit with %s is refused with the place; the last good one stays in force',
  async (_, text, place, message) => {
    const good = served.config.head();
    const bad = served.config.commit({ 'pipelines/extra.yaml': text });
    const outcome = await sync();
    expect(outcome).toMatchObject({ status: 'failed', commit: bad, changes: [] });
    expect(outcome.problems[0]).toMatchObject({ file: 'pipelines/extra.yaml', ...place });
    expect(JSON.stringify(outcome.problems)).toMatch(message);
    expect(JSON.stringify(outcome)).not.toContain('hidden');
    expect(await readiness()).toEqual([200, 'degraded']);
    expect((await served.server.request('GET', '/api/v1/pipelines/extra')).status).toBe(404);
    await served.expectServing();

    served.config.git('reset', '--quiet', '--hard', good);
    expect((await sync()).status).toBe('unchanged');
    expect(await readiness()).toEqual([200, 'ok']);
  },
);

test('a commit with two bad files tells both, and applies nothing of its good part', async () => {
  const good = served.config.head();
  served.config.commit({
    'pipelines/fine.json': pipelineDocument('fine', served.repositoryUrl),
    'pipelines/one.yaml': 'kind: Pipelin\n',
    'pipelines/two.json': '{"kind": }\n',
  });
  const { status, problems } = await sync();
  expect(status).toBe('failed');
  expect(new Set(problems.map(({ file }) => file))).toEqual(new Set(['pipelines/one.yaml', 'pipelines/two.json']));
  expect((await served.server.request('GET', '/api/v1/pipelines/fine')).status).toBe(404);
  served.config.git('reset', '--quiet', '--hard', good);
  await sync();
});

test('while the repository is away the last good commit stays; when it is back the server goes on with it', async () => {
  const away = `${served.config.path}-away`;
  renameSync(served.config.path, away);
  try {
    const outcome = await sync();
    expect(outcome).toMatchObject({ status: 'failed', changes: [] });
    expect(outcome.commit).toBeUndefined();
    expect(outcome.problems).toHaveLength(1);
    expect(await readiness()).toEqual([200, 'degraded']);
    await served.expectServing();
  } finally {
    renameSync(away, served.config.path);
  }
  expect((await sync()).status).toBe('unchanged');
  expect(await readiness()).toEqual([200, 'ok']);
});

test('a force-push is followed, although it shares no history', async () => {
  served.config.git('checkout', '--quiet', '--orphan', 'other');
  const pushed = served.config.commit({
    'pipelines/forced.json': pipelineDocument('forced', served.repositoryUrl, { file: 'good.py' }),
  });
  served.config.git('branch', '--quiet', '--force', 'main', 'other');
  served.config.git('checkout', '--quiet', 'main');
  expect(await sync()).toMatchObject({ status: 'applied', commit: pushed, changes: ['+ pipeline forced'] });
  expect((await served.run('forced')).status).toBe('success');
});
