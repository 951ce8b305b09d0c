import { expect, test } from 'vitest';
import type { Configuration } from '../../domain/config/configuration.js';
import { formatProblem } from '../../domain/config/format-problem.js';
import { maxConfigFileBytes, type ConfigFile } from '../../services/ports/config-source.js';
import { ConfigFileParser } from './config-file-parser.js';

const never = new AbortController().signal;

function toFiles(files: Readonly<Record<string, string>>): ConfigFile[] {
  return Object.entries(files).map(([path, text]) => ({ path, text, size: Buffer.byteLength(text), blobId: text }));
}

async function parse(files: Readonly<Record<string, string>>): Promise<Configuration> {
  const result = await new ConfigFileParser().parse(toFiles(files), never);
  if (result.kind === 'invalid') throw new Error(result.problems.map(formatProblem).join('\n'));
  return result.configuration;
}

async function problems(files: Readonly<Record<string, string>>): Promise<string[]> {
  const result = await new ConfigFileParser().parse(toFiles(files), never);
  return result.kind === 'valid' ? [] : result.problems.map(formatProblem);
}

const team = 'apiVersion: danube.dev/v1\nkind: Team\nmetadata: {name: platform}\nspec: {}\n';
const pipeline = (spec: string, name = 'web') =>
  `apiVersion: danube.dev/v1\nkind: Pipeline\nmetadata:\n  name: ${name}\nspec:\n  team: platform\n  repository: https://example.com/web.git\n${spec}`;

test('a small pipeline gets every default', async () => {
  const { pipelines, settings } = await parse({ 'teams.yaml': team, 'pipelines/web.yaml': pipeline('') });
  expect(pipelines).toEqual([
    {
      id: 'web',
      name: 'web',
      origin: { file: 'pipelines/web.yaml', line: 1 },
      spec: {
        team: 'platform',
        description: undefined,
        repository: 'https://example.com/web.git',
        branch: 'main',
        file: 'danubefile.py',
        triggers: undefined,
        timeoutMs: 3_600_000,
        timeoutAction: 'kill',
        concurrency: 'queue',
        maxConcurrentJobs: undefined,
        maxConcurrentSteps: 1,
        cloneSubmodules: false,
        env: {},
        image: undefined,
        permissions: [],
      },
    },
  ]);
  expect(settings.jobs).toEqual({ maxConcurrent: 4, defaultTimeoutMs: 3_600_000 });
});

test('every field arrives', async () => {
  const { pipelines, users, teams } = await parse({
    'teams.yaml': team.replace('{}', '{description: All, members: [ann], global_admin: true}'),
    'users.yaml': `apiVersion: danube.dev/v1
kind: User
metadata: {name: ann}
spec:
  email: ann@example.com
  display_name: Ann
  password_hash: "$2b$10$${'a'.repeat(53)}"
  oidc_subject: "42"
`,
    'pipelines/web.yaml': pipeline(`  description: The web
  branch: trunk
  file: ci/danubefile.py
  triggers:
    - type: push
      branches: [main, "release/*"]
    - {type: push, tags: ["v*"]}
    - type: push
    - {type: pull_request}
    - {type: cron, schedule: "0  3 * * 1-5"}
    - {type: manual}
  timeout: 1h30m
  timeout_action: warn
  concurrency: replace
  max_concurrent_jobs: 2
  max_concurrent_steps: 3
  clone_submodules: true
  env: {PORT: "8080"}
  image: python:3.12
  permissions: [{team: platform, permission: read}]
`),
  });
  expect(teams[0]).toMatchObject({ description: 'All', members: ['ann'], globalAdmin: true });
  expect(users[0]).toMatchObject({ id: 'ann', email: 'ann@example.com', displayName: 'Ann', oidcSubject: '42' });
  expect(pipelines[0]?.spec).toEqual({
    team: 'platform',
    description: 'The web',
    repository: 'https://example.com/web.git',
    branch: 'trunk',
    file: 'ci/danubefile.py',
    triggers: [
      { type: 'push', branches: ['main', 'release/*'], tags: [] },
      { type: 'push', branches: [], tags: ['v*'] },
      { type: 'push', branches: ['**'], tags: [] },
      { type: 'pull_request', branches: ['**'] },
      { type: 'cron', schedule: '0 3 * * 1-5' },
      { type: 'manual' },
    ],
    timeoutMs: 5_400_000,
    timeoutAction: 'warn',
    concurrency: 'replace',
    maxConcurrentJobs: 2,
    maxConcurrentSteps: 3,
    cloneSubmodules: true,
    env: { PORT: '8080' },
    image: 'python:3.12',
    permissions: [{ team: 'platform', permission: 'read' }],
  });
});

test('settings may be flat or in an envelope, and give pipelines their timeout', async () => {
  const flat = `jobs: {max_concurrent: 7, default_timeout: 5m}
logs: {max_bytes_per_job: 2048}
observability: {otlp_endpoint: "http://collector:4318"}
cors: {origins: ["https://dash.example.com"]}
retention: {logs_days: 1, artifacts_days: 2}
`;
  const envelope = JSON.stringify({
    apiVersion: 'danube.dev/v1',
    kind: 'Config',
    spec: {
      jobs: { max_concurrent: 7, default_timeout: '5m' },
      logs: { max_bytes_per_job: 2048 },
      observability: { otlp_endpoint: 'http://collector:4318' },
      cors: { origins: ['https://dash.example.com'] },
      retention: { logs_days: 1, artifacts_days: 2 },
    },
  });
  const files = { 'teams.yaml': team, 'pipelines/web.yaml': pipeline('') };
  const one = await parse({ ...files, 'config.yaml': flat });
  const other = await parse({ ...files, 'anywhere.json': envelope });
  expect(one).toEqual(other);
  expect(one.settings).toEqual({
    jobs: { maxConcurrent: 7, defaultTimeoutMs: 300_000 },
    logs: { maxBytesPerJob: 2048 },
    observability: { otlpEndpoint: 'http://collector:4318' },
    cors: { origins: ['https://dash.example.com'] },
    retention: { logsDays: 1, artifactsDays: 2 },
  });
  expect(one.pipelines[0]?.spec.timeoutMs).toBe(300_000);
  expect((await parse({ 'config.json': '{}' })).settings.jobs.maxConcurrent).toBe(4);
});

test('several documents stand in one file, in YAML and as a JSON array, each with its line', async () => {
  const { pipelines } = await parse({
    'teams.yaml': `---\n${team}---\n`,
    'pipelines/all.yml': `# first\n---\n${pipeline('')}---\n${pipeline('', 'api')}`,
    'pipelines/more.json': `[\n{"apiVersion":"danube.dev/v1","kind":"Pipeline","metadata":{"name":"json"},\n"spec":{"team":"platform","repository":"/srv/x"}}]`,
  });
  expect(pipelines.map(({ name, origin }) => [name, origin.line])).toEqual([
    ['web', 3],
    ['api', 11],
    ['json', 2],
  ]);
});

test('files of other tools are left alone, but Danube’s documents are found anywhere', async () => {
  const { teams } = await parse({
    'package.json': '{"name": "x"}',
    'helm/template.yaml': '{{ not yaml',
    'k8s.yaml': `apiVersion: v1\nkind: Pod\n---\n${team}`,
  });
  expect(teams).toHaveLength(1);
});

const bad = (text: string) => problems({ 'pipelines/web.yaml': text, 'teams.yaml': team });

test.each([
  ['a tab', 'kind: x\nspec:\n\tteam: a\n', '3:1: a tab stands in the indentation (indent with spaces)'],
  [
    'a duplicate key',
    pipeline('  branch: a\n  branch: b\n'),
    '9:3: the key "branch" stands twice (remove one of the two)',
  ],
  [
    'many aliases',
    `a: &a x\nb: [${'*a,'.repeat(101)}]\n`,
    '2:306: more than 100 aliases in one document (write the values out)',
  ],
  [
    'aliases of aliases',
    `a: &a [${'x,'.repeat(9)}]\n${['b', 'c', 'd', 'e', 'f', 'g']
      .map((name, index) => `${name}: &${name} [${`*${'abcdef'[index]},`.repeat(9)}]`)
      .join('\n')}\n`,
    '1:1: aliases make more than 100000 values of one document (write the values out)',
  ],
  ['depth', '['.repeat(60), '1:50: nested more than 50 levels deep (a document needs about five levels)'],
  ['an unknown anchor', 'a: *b\n', '1:5: unidentified alias "b" (define the anchor above its first use)'],
  ['a tag', 'a: !!python/object x\n', '1:4: tags such as !name are not supported (write a plain value)'],
  ['a list', '- a\n', '1:1: a document must be a mapping (begin with apiVersion: danube.dev/v1)'],
  ['binary', 'a: \ufffd\n', '1:1: the file is not UTF-8 text'],
  ['no kind', 'apiVersion: danube.dev/v1\n', '1:1: "kind" is missing (accepted: Config, User, Team, Pipeline)'],
  ['a wrong kind', 'kind: Pipline\n', '1:7: kind: unknown kind "Pipline" (did you mean "Pipeline"?)'],
  [
    'a kind of a later version',
    'kind: Secret\n',
    '1:7: kind: unknown kind "Secret" (accepted: Config, User, Team, Pipeline)',
  ],
])('%s is one clear error', async (_name, text, expected) => {
  expect(await bad(text)).toEqual([`pipelines/web.yaml:${expected}`]);
});

test.each([
  ['  brnch: x\n', '8:3: spec.brnch: unknown key "brnch" (did you mean "branch"?)'],
  ['  timeout: 30\n', '8:12: spec.timeout: must be text, not the number 30 (write "30")'],
  ['  timeout: "30"\n', '8:12: spec.timeout: "30" is not accepted (accepted: a number with a unit: ms, s, m, h or d'],
  ['  concurrency: replce\n', '8:16: spec.concurrency: "replce" is not accepted (did you mean "replace"?)'],
  ['  timeout_action: boom\n', '8:19: spec.timeout_action: "boom" is not accepted (accepted: kill, warn)'],
  ['  env: {A: 1}\n', '8:12: spec.env.A: must be text, not the number 1 (write "1")'],
  ['  env: {a-b: x}\n', '8:9: spec.env.a-b: the name "a-b" is not accepted (accepted: letters, digits and "_"'],
  ['  env: {DANUBE_JOB_ID: x}\n', '8:9: spec.env.DANUBE_JOB_ID: the name "DANUBE_JOB_ID" is not accepted'],
  ['  branch: "a..b"\n', '8:11: spec.branch: "a..b" is not accepted (accepted: a branch name)'],
  ['  file: ../x.py\n', '8:9: spec.file: "../x.py" is not accepted (accepted: a path inside the repository'],
  ['  max_concurrent_jobs: 0\n', '8:24: spec.max_concurrent_jobs: must be >= 1'],
  ['  triggers: push\n', '8:13: spec.triggers: must be a list, not the string "push" (write [push])'],
  [
    '  triggers:\n    - type: push\n    - {type: pull, branches: main}\n',
    '10:14: spec.triggers[1].type: "pull" is not accepted (accepted: push, pull_request, cron, manual)',
  ],
  [
    '  triggers:\n    - type: push\n      branches: main\n',
    '10:17: spec.triggers[0].branches: must be a list, not the string "main" (write [main])',
  ],
  ['  triggers: [{type: cron}]\n', '8:14: spec.triggers[0]: "schedule" is missing'],
  ['  triggers: [{branches: []}]\n', '8:14: spec.triggers[0]: "type" is missing'],
  ['  triggers: [{type: cron, schedule: daily}]\n', '8:37: spec.triggers[0].schedule: "daily" is not accepted'],
  ['  permissions: [{team: nobody, permission: read}]\n', '8:24: spec.permissions[0].team: there is no Team "nobody"'],
])('spec %j', async (spec, expected) => {
  const found = await bad(pipeline(spec));
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(`pipelines/web.yaml:${expected}`);
});

test('a missing key is placed at its parent, and bad URLs do not show their password', async () => {
  expect(await bad(pipeline('').replace('  team: platform\n', ''))).toEqual([
    'pipelines/web.yaml:5:1: spec: "team" is missing',
  ]);
  const found = await bad(pipeline('').replace('https://', 'ext::'));
  expect(found[0]).toMatch(/^pipelines\/web.yaml:7:15: spec.repository: .*accepted: https:/);
});

test('a plain-text password is refused and not repeated', async () => {
  const found = await problems({
    'users.yaml':
      'apiVersion: danube.dev/v1\nkind: User\nmetadata: {name: ann}\nspec: {email: a@b, password_hash: hunter2}\n',
  });
  expect(found).toEqual([
    expect.stringMatching(/^users.yaml:4:35: spec.password_hash: this value is not accepted \(accepted: a bcrypt hash/),
  ]);
});

test('a team that is not there is named with a suggestion, in the right place', async () => {
  expect(
    await problems({ 'pipelines/web.yaml': pipeline('').replace('platform', 'platfrom'), 'teams.yaml': team }),
  ).toEqual(['pipelines/web.yaml:6:9: spec.team: there is no Team "platfrom" (did you mean "platform"?)']);
  expect(await problems({ 'pipelines/web.yaml': pipeline('') })).toEqual([
    'pipelines/web.yaml:6:9: spec.team: there is no Team "platform" (add a document with kind: Team and that name)',
  ]);
  expect(await problems({ 'teams.yaml': team.replace('{}', '{members: [ann, bob]}') })).toEqual([
    'teams.yaml:4:18: spec.members[0]: there is no User "ann" (add a document with kind: User and that name)',
    'teams.yaml:4:23: spec.members[1]: there is no User "bob" (add a document with kind: User and that name)',
  ]);
});

test('what refers to a broken document or to an unreadable file is not reported on top', async () => {
  expect(
    await problems({ 'teams.yaml': team.replace('{}', '{x: 1}'), 'pipelines/web.yaml': pipeline('') }),
  ).toHaveLength(1);
  expect(await problems({ 'teams.yaml': 'a: [', 'pipelines/web.yaml': pipeline('') })).toHaveLength(1);
});

test('duplicates name both places', async () => {
  const user = (name: string, rest: string) =>
    `apiVersion: danube.dev/v1\nkind: User\nmetadata: {name: ${name}}\nspec: {email: A@example.com${rest}}\n`;
  expect(
    await problems({
      'config.yaml': 'jobs: {}',
      'other.yaml': 'apiVersion: danube.dev/v1\nkind: Config\nspec: {}\n',
      'teams.yaml': `${team}---\n${team}`,
      'users.yaml': `${user('ann', ', oidc_subject: s')}---\n${user('bob', ', oidc_subject: s').replace('A@', 'a@')}`,
    }),
  ).toEqual([
    'other.yaml:1:1: the instance settings are defined twice, first at config.yaml:1:1 (remove or rename one of the two)',
    'teams.yaml:8:18: metadata.name: Team "platform" is defined twice, first at teams.yaml:3:18 (remove or rename one of the two)',
    'users.yaml:9:15: spec.email: the email address of user "bob" is defined twice, first at users.yaml:4:15 (remove or rename one of the two)',
    'users.yaml:9:44: spec.oidc_subject: the OpenID Connect subject of user "bob" is defined twice, first at users.yaml:4:44 (remove or rename one of the two)',
  ]);
});

test('bad JSON is placed, with tabs and a byte order mark being no problem', async () => {
  expect(await problems({ 'config.json': '\ufeff{\n\t"jobs": {}\n}\n' })).toEqual([]);
  expect(await problems({ 'config.json': '{\n  "jobs": {},\n}\n' })).toEqual([
    'config.json:3:1: this is no JSON: Expected double-quoted property name',
  ]);
  expect(await problems({ 'config.json': '{"jobs": {}, "jobs": {}}' })).toEqual([
    'config.json:1:15: the key "jobs" stands twice (remove one of the two)',
  ]);
  expect(await problems({ 'config.json': 'jobs: {}' })).toHaveLength(1);
});

test('all problems of all files are told, by file and line', async () => {
  const found = await problems({
    'teams.yaml': team,
    'pipelines/b.yaml': pipeline('  x: 1\n  y: 2\n', 'b'),
    'pipelines/a.yaml': 'a: [',
    'config.yaml': 'job: {max: 1}\n',
  });
  expect(found.map((line) => line.split(': ')[0])).toEqual([
    'config.yaml:1:1',
    expect.stringMatching(/^pipelines\/a.yaml/),
    'pipelines/b.yaml:8:3',
    'pipelines/b.yaml:9:3',
  ]);
});

test('a file above the limit is told the limit', async () => {
  const files = [{ path: 'pipelines/big.yaml', text: '', size: maxConfigFileBytes + 1, blobId: '1' }];
  const result = await new ConfigFileParser().parse(files, never);
  expect(result.kind === 'invalid' && result.problems.map(formatProblem)).toEqual([
    'pipelines/big.yaml:1:1: the file has 1048577 bytes; at most 1048576 are read (split it)',
  ]);
});

test('unchanged files are not parsed again, but references are always checked', async () => {
  const parser = new ConfigFileParser();
  const files = toFiles({ 'teams.yaml': team, 'pipelines/web.yaml': pipeline('') });
  await parser.parse(files, never);
  const unread = files.map((file) => ({
    ...file,
    get text(): string {
      throw new Error('parsed again');
    },
  }));
  expect((await parser.parse(unread, never)).kind).toBe('valid');
  const withoutTeam = await parser.parse(unread.slice(1), never);
  expect(withoutTeam.kind).toBe('invalid');
});
