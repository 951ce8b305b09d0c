import { defaultSettings } from '@danube/core/domain/config/default-settings.js';
import { parseFiles, pipelineYaml, teamYaml } from '@danube/test-support/config-file-fixture.js';
import { expect, test } from 'vitest';

test('a small pipeline gets every default', async () => {
  const { pipelines, settings } = await parseFiles({ 'teams.yaml': teamYaml, 'pipelines/web.yaml': pipelineYaml('') });
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
        cloneDepth: 1,
        webhookSecret: undefined,
        env: {},
        network: true,
        image: undefined,
        kubernetes: undefined,
        permissions: [],
      },
    },
  ]);
  expect(settings.jobs).toEqual({ maxConcurrent: 4, defaultTimeoutMs: 3_600_000 });
});

const everyPath = { paths: [], pathsIgnore: [] };

test('every field arrives', async () => {
  const { pipelines, users, teams } = await parseFiles({
    'teams.yaml': teamYaml.replace('{}', '{description: All, members: [ann], global_admin: true}'),
    'users.yaml': `apiVersion: danube.dev/v1
kind: User
metadata: {name: ann}
spec:
  email: ann@example.com
  display_name: Ann
  password_hash: "$2b$10$${'a'.repeat(53)}"
  oidc_subject: "42"
`,
    'pipelines/web.yaml': pipelineYaml(`  description: The web
  branch: trunk
  file: ci/danubefile.py
  triggers:
    - type: push
      branches: [main, "release/*"]
    - {type: push, tags: ["v*"]}
    - type: push
    - {type: push, paths: ["web/**"], paths_ignore: ["**/*.md"]}
    - {type: pull_request}
    - {type: pull_request, branches: [main], forks: with_secrets}
    - {type: cron, schedule: "0  3 * * 1-5"}
    - {type: cron, schedule: "0 4 * * *", catch_up: none, skip_if_running: false}
    - {type: manual}
  timeout: 1h30m
  timeout_action: warn
  concurrency: replace
  max_concurrent_jobs: 2
  max_concurrent_steps: 3
  clone_submodules: true
  clone_depth: 0
  webhook_secret: web-hook
  env: {PORT: "8080"}
  network: false
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
      { type: 'push', branches: ['main', 'release/*'], tags: [], ...everyPath },
      { type: 'push', branches: [], tags: ['v*'], ...everyPath },
      { type: 'push', branches: ['**'], tags: [], ...everyPath },
      { type: 'push', branches: ['**'], tags: [], paths: ['web/**'], pathsIgnore: ['**/*.md'] },
      { type: 'pull_request', branches: ['**'], forks: 'none', ...everyPath },
      { type: 'pull_request', branches: ['main'], forks: 'with_secrets', ...everyPath },
      { type: 'cron', schedule: '0 3 * * 1-5', catchUp: 'one', skipIfRunning: true },
      { type: 'cron', schedule: '0 4 * * *', catchUp: 'none', skipIfRunning: false },
      { type: 'manual' },
    ],
    timeoutMs: 5_400_000,
    timeoutAction: 'warn',
    concurrency: 'replace',
    maxConcurrentJobs: 2,
    maxConcurrentSteps: 3,
    cloneSubmodules: true,
    cloneDepth: 0,
    webhookSecret: 'web-hook',
    env: { PORT: '8080' },
    network: false,
    image: 'python:3.12',
    permissions: [{ team: 'platform', permission: 'read' }],
  });
});

test('settings may be flat or in an envelope, and give pipelines their timeout', async () => {
  const flat = `jobs: {max_concurrent: 7, default_timeout: 5m}
logs: {max_bytes_per_job: 2048}
observability: {otlp_endpoint: "http://collector:4318"}
cors: {origins: ["https://dash.example.com"]}
retention:
  {jobs_days: 9, logs_days: 1, artifacts_days: 2, deliveries_days: 3, unmatched_deliveries_days: 4, cache_days: 5,
   interval_hours: 6, min_free_bytes: 7}
artifacts: {max_bytes_per_job: 4096}
`;
  const envelope = JSON.stringify({
    apiVersion: 'danube.dev/v1',
    kind: 'Config',
    spec: {
      jobs: { max_concurrent: 7, default_timeout: '5m' },
      logs: { max_bytes_per_job: 2048 },
      observability: { otlp_endpoint: 'http://collector:4318' },
      cors: { origins: ['https://dash.example.com'] },
      retention: {
        jobs_days: 9,
        logs_days: 1,
        artifacts_days: 2,
        deliveries_days: 3,
        unmatched_deliveries_days: 4,
        cache_days: 5,
        interval_hours: 6,
        min_free_bytes: 7,
      },
      artifacts: { max_bytes_per_job: 4096 },
    },
  });
  const files = { 'teams.yaml': teamYaml, 'pipelines/web.yaml': pipelineYaml('') };
  const one = await parseFiles({ ...files, 'config.yaml': flat });
  const other = await parseFiles({ ...files, 'anywhere.json': envelope });
  expect(one).toEqual(other);
  expect(one.settings).toEqual({
    jobs: { maxConcurrent: 7, defaultTimeoutMs: 300_000 },
    logs: { maxBytesPerJob: 2048 },
    observability: { otlpEndpoint: 'http://collector:4318' },
    cors: { origins: ['https://dash.example.com'] },
    retention: {
      jobsDays: 9,
      logsDays: 1,
      artifactsDays: 2,
      deliveriesDays: 3,
      unmatchedDeliveriesDays: 4,
      cacheDays: 5,
      intervalHours: 6,
      minFreeBytes: 7,
    },
    artifacts: { maxBytesPerJob: 4096 },
    kubernetes: defaultSettings.kubernetes,
    integrations: defaultSettings.integrations,
  });
  expect(one.pipelines[0]?.spec.timeoutMs).toBe(300_000);
  expect((await parseFiles({ 'config.json': '{}' })).settings.jobs.maxConcurrent).toBe(4);
});

test('several documents stand in one file, in YAML and as a JSON array, each with its line', async () => {
  const { pipelines } = await parseFiles({
    'teams.yaml': `---\n${teamYaml}---\n`,
    'pipelines/all.yml': `# first\n---\n${pipelineYaml('')}---\n${pipelineYaml('', 'api')}`,
    'pipelines/more.json': `[\n{"apiVersion":"danube.dev/v1","kind":"Pipeline","metadata":{"name":"json"},\n"spec":{"team":"platform","repository":"/srv/x"}}]`,
  });
  expect(pipelines.map(({ name, origin }) => [name, origin.line])).toEqual([
    ['web', 3],
    ['api', 11],
    ['json', 2],
  ]);
});

test('files of other tools are left alone, but Danube’s documents are found anywhere', async () => {
  const { teams } = await parseFiles({
    'package.json': '{"name": "x"}',
    'helm/template.yaml': '{{ not yaml',
    'k8s.yaml': `apiVersion: v1\nkind: Pod\n---\n${teamYaml}`,
  });
  expect(teams).toHaveLength(1);
});
