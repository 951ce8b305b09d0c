import { pipelineYaml, problemsOf, teamYaml } from '@danube/test-support/config-file-fixture.js';
import { expect, test } from 'vitest';

const bad = (text: string) => problemsOf({ 'pipelines/web.yaml': text, 'teams.yaml': teamYaml });

test.each([
  ['a tab', 'kind: x\nspec:\n\tteam: a\n', '3:1: a tab stands in the indentation (indent with spaces)'],
  [
    'a duplicate key',
    pipelineYaml('  branch: a\n  branch: b\n'),
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
  ['no kind', 'apiVersion: danube.dev/v1\n', '1:1: "kind" is missing (accepted: Config, User, Team, Pipeline, Secret)'],
  ['a wrong kind', 'kind: Pipline\n', '1:7: kind: unknown kind "Pipline" (did you mean "Pipeline"?)'],
  [
    'a kind of a later version',
    'kind: Webhook\n',
    '1:7: kind: unknown kind "Webhook" (accepted: Config, User, Team, Pipeline, Secret)',
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
  const found = await bad(pipelineYaml(spec));
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(`pipelines/web.yaml:${expected}`);
});

test('a missing key is placed at its parent, and bad URLs do not show their password', async () => {
  expect(await bad(pipelineYaml('').replace('  team: platform\n', ''))).toEqual([
    'pipelines/web.yaml:5:1: spec: "team" is missing',
  ]);
  const found = await bad(pipelineYaml('').replace('https://', 'ext::'));
  expect(found[0]).toMatch(/^pipelines\/web.yaml:7:15: spec.repository: .*accepted: https:/);
});

test('a plain-text password is refused and not repeated', async () => {
  const found = await problemsOf({
    'users.yaml':
      'apiVersion: danube.dev/v1\nkind: User\nmetadata: {name: ann}\nspec: {email: a@b, password_hash: hunter2}\n',
  });
  expect(found).toEqual([
    expect.stringMatching(/^users.yaml:4:35: spec.password_hash: this value is not accepted \(accepted: a bcrypt hash/),
  ]);
});

test('bad JSON is placed, with tabs and a byte order mark being no problem', async () => {
  expect(await problemsOf({ 'config.json': '\ufeff{\n\t"jobs": {}\n}\n' })).toEqual([]);
  expect(await problemsOf({ 'config.json': '{\n  "jobs": {},\n}\n' })).toEqual([
    'config.json:3:1: this is no JSON: Expected double-quoted property name',
  ]);
  expect(await problemsOf({ 'config.json': '{"jobs": {}, "jobs": {}}' })).toEqual([
    'config.json:1:15: the key "jobs" stands twice (remove one of the two)',
  ]);
  expect(await problemsOf({ 'config.json': 'jobs: {}' })).toHaveLength(1);
});
