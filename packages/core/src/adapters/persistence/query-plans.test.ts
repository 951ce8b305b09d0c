import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Tracer } from '../../services/ports/tracer.js';
import { openTestDatabase, type TestDatabase } from '@danube/test-support/database.js';
import { sampleJob, sampleTeam } from '@danube/test-support/database-samples.js';

let db: TestDatabase;
let statements: string[] = [];

const recordingTracer: Tracer = {
  span: (_name, attributes, work) => {
    const sql = attributes['db.query.text'];
    if (typeof sql === 'string') statements.push(sql);
    return work();
  },
  traceparent: () => undefined,
};

beforeAll(async () => {
  db = await openTestDatabase({ tracer: recordingTracer });
  await db.jobs.create(sampleJob('j1'));
  await db.teams.upsert([sampleTeam('platform')]);
});
afterAll(() => db.close());
beforeEach(() => {
  statements = [];
});

/** The plan of the statements that the call really runs. */
async function planOf(call: () => Promise<unknown>): Promise<string> {
  await call();
  const plans: string[] = [];
  for (const sql of statements.filter((text) => /^(SELECT|UPDATE|DELETE)/.test(text))) {
    const rows: { detail: string }[] = await db.database.read.query(`EXPLAIN QUERY PLAN ${sql}`);
    plans.push(rows.map((row) => row.detail).join('\n'));
  }
  return plans.join('\n');
}

async function collect(pieces: AsyncIterable<unknown>): Promise<void> {
  for await (const piece of pieces) void piece;
}

const from = Date.UTC(2026, 0, 1);
const page = { limit: 50, cursor: 'j1' };

const cases: readonly (readonly [string, () => Promise<unknown>, RegExp])[] = [
  ['jobs.findById', () => db.jobs.findById('j1'), /SEARCH jobs USING INDEX jobs_id \(id=\?\)/],
  ['jobs.list', () => db.jobs.list({}, { limit: 50 }), /SCAN jobs USING INDEX jobs_created$/],
  ['jobs.list, next page', () => db.jobs.list({}, page), /SEARCH jobs USING INDEX jobs_created \(created_at<\?\)/],
  [
    'jobs.list by time',
    () => db.jobs.list({ createdFrom: from, createdBefore: from + 1 }, page),
    /USING INDEX jobs_created \(created_at>\? AND created_at<\?\)/,
  ],
  [
    'jobs.list by pipeline',
    () => db.jobs.list({ pipelineId: 'web' }, page),
    /USING INDEX jobs_pipeline_created \(pipeline_id=\? AND created_at<\?\)/,
  ],
  [
    'jobs.list by pipeline, branch and trigger',
    () => db.jobs.list({ pipelineId: 'web', branch: 'main', triggerType: 'cron' }, page),
    /USING INDEX jobs_pipeline_created \(pipeline_id=\? AND created_at<\?\)/,
  ],
  [
    'jobs.list by pipeline and statuses',
    () => db.jobs.list({ pipelineId: 'web', statuses: ['failure', 'timeout'] }, page),
    /MERGE \(UNION ALL\)[^]*jobs_pipeline_status_created \(pipeline_id=\? AND status=\? AND created_at<\?\)/,
  ],
  [
    'jobs.list by status',
    () => db.jobs.list({ statuses: ['running'] }, page),
    /USING INDEX jobs_status_created \(status=\? AND created_at<\?\)/,
  ],
  [
    'jobs.list by statuses',
    () => db.jobs.list({ statuses: ['success', 'failure', 'cancelled'], branch: 'main' }, page),
    /MERGE \(UNION ALL\)[^]*jobs_status_created \(status=\? AND created_at<\?\)/,
  ],
  [
    'jobs.list by branch',
    () => db.jobs.list({ branch: 'main' }, page),
    /USING INDEX jobs_branch_created \(branch=\? AND created_at<\?\)/,
  ],
  [
    'jobs.list by trigger',
    () => db.jobs.list({ triggerType: 'cron' }, page),
    /USING INDEX jobs_created \(created_at<\?\)/,
  ],
  ['jobs.listUnfinished', () => db.jobs.listUnfinished(), /USING INDEX jobs_unfinished/],
  [
    'jobs.findUnfinishedDuplicate',
    () => db.jobs.findUnfinishedDuplicate('web', 'refs/heads/main', 'abc'),
    /USING INDEX jobs_unfinished_ref \(pipeline_id=\? AND ref=\?\)/,
  ],
  [
    'jobs.listUnfinishedByRef',
    () => db.jobs.listUnfinishedByRef('web', 'refs/heads/main'),
    /USING INDEX jobs_unfinished_ref \(pipeline_id=\? AND ref=\?\)/,
  ],
  [
    'jobs.countByUnfinishedStatus',
    () => db.jobs.countByUnfinishedStatus(),
    /USING COVERING INDEX jobs_status_created \(status=\?\)/,
  ],
  ['jobs.nextPending', () => db.jobs.nextPending(10, ['web']), /USING INDEX jobs_unfinished/],
  [
    'jobs.listRecentByPipeline',
    () => db.jobs.listRecentByPipeline(['web'], 5),
    /SEARCH jobs USING INTEGER PRIMARY KEY[^]*USING COVERING INDEX jobs_pipeline_created \(pipeline_id=\?\)/,
  ],
  [
    'jobs.changeStatus',
    () => db.jobs.changeStatus('j1', 'running', 'success', {}),
    /SEARCH jobs USING INDEX jobs_id \(id=\?\)/,
  ],
  ['jobs.setReason', () => db.jobs.setReason('j1', 'x'), /SEARCH jobs USING INDEX jobs_id \(id=\?\)/],
  [
    'finishedJobs.finishedBefore',
    () => collect(db.finishedJobs.finishedBefore(from, 5)),
    /SEARCH jobs USING COVERING INDEX jobs_finished \(\(finished_at,id\)>|SEARCH jobs USING INDEX jobs_finished \(/,
  ],
  ['finishedJobs.withLog', () => collect(db.finishedJobs.withLog(from, 5)), /SEARCH jobs USING INDEX jobs_log_kept \(/],
  ['finishedJobs.keepingLog', () => db.finishedJobs.keepingLog(['j1']), /SEARCH jobs USING INDEX jobs_id \(id=\?\)/],
  [
    'finishedJobs.markLogsRemoved',
    () => db.finishedJobs.markLogsRemoved(['j1'], 1),
    /SEARCH jobs USING INDEX jobs_id \(id=\?\)/,
  ],
  [
    'artifacts.ofJobsFinishedBefore',
    () => collect(db.artifacts.ofJobsFinishedBefore(from, 5)),
    /SEARCH artifacts USING INDEX artifacts_created \([^]*SEARCH jobs USING INDEX jobs_id \(id=\?\)/,
  ],
  ['steps.find', () => db.steps.find('j1', 1), /USING PRIMARY KEY \(job_id=\? AND sequence=\?\)/],
  ['steps.listByJob', () => db.steps.listByJob('j1'), /USING PRIMARY KEY \(job_id=\?\)/],
  ['steps.endAll', () => db.steps.endAll('j1', 'failure', 'x', 1), /USING PRIMARY KEY \(job_id=\?\)/],
  ['pipelines.findById', () => db.pipelines.findById('web'), /SEARCH pipelines USING PRIMARY KEY \(id=\?\)/],
  ['pipelines.list', () => db.pipelines.list({ search: 'e' }, page), /SEARCH pipelines USING PRIMARY KEY \(id>\?\)/],
  [
    'pipelines.list by team',
    () => db.pipelines.list({ team: 'platform' }, page),
    /SEARCH pipelines USING INDEX pipelines_team \(team_id=\? AND id>\?\)/,
  ],
  [
    'pipelines.listByRepository',
    () => db.pipelines.listByRepository(['https://git.example.org/web']),
    /SEARCH pipelines USING INDEX pipelines_repository \(repository_key=\?\)/,
  ],
  [
    'pipelines.listConcurrencyLimits',
    () => db.pipelines.listConcurrencyLimits(),
    /SCAN pipelines USING COVERING INDEX pipelines_limited/,
  ],
  ['users.findById', () => db.users.findById('ada'), /USING PRIMARY KEY \(id=\?\)/],
  ['users.findByOidcSubject', () => db.users.findByOidcSubject('s'), /USING INDEX users_oidc_subject/],
  ['users.listByTeam', () => db.users.listByTeam('platform'), /SEARCH team_members USING PRIMARY KEY \(team_id=\?\)/],
  ['teams.findById', () => db.teams.findById('platform'), /USING PRIMARY KEY \(team_id=\?\)/],
  ['audit.listBefore', () => db.audit.listBefore(9, 5), /USING INTEGER PRIMARY KEY/],
  ['audit.listAfter', () => db.audit.listAfter(9, 5), /USING INTEGER PRIMARY KEY/],
  ['audit.findLast', () => db.audit.findLast(), /USING INTEGER PRIMARY KEY/],
  ['secrets.find', () => db.secrets.find('A', { kind: 'global' }), /USING INDEX secrets_scope_name/],
  ['secrets.findByScope', () => db.secrets.findByScope({ kind: 'global' }), /USING INDEX secrets_scope_name/],
  ['secrets.listByScope', () => db.secrets.listByScope({ kind: 'global' }), /USING INDEX secrets_scope_name/],
  ['artifacts.listByJob', () => db.artifacts.listByJob('j1'), /USING INDEX artifacts_job_name \(job_id=\?\)/],
  ['artifacts.find', () => db.artifacts.find('j1', 'dist'), /USING INDEX artifacts_job_name \(job_id=\? AND name=\?\)/],
  ['artifacts.list', () => db.artifacts.list({}, { limit: 50, cursor: 'a' }), /USING PRIMARY KEY \(id<\?\)/],
  [
    'artifacts.list by content',
    () => db.artifacts.list({ sha256: 'ab' }, { limit: 50, cursor: 'a' }),
    /USING INDEX artifacts_sha256 \(sha256=\? AND id<\?\)/,
  ],
  ['provenance.find', () => db.provenance.find('j1'), /USING INDEX sqlite_autoindex_provenance_1 \(job_id=\?\)/],
  ['deliveries.findById', () => db.deliveries.findById('d1'), /USING INDEX deliveries_id \(id=\?\)/],
  [
    'deliveries.findPayload',
    () => db.deliveries.findPayload('d1'),
    /SEARCH delivery_payloads USING INTEGER PRIMARY KEY[^]*COVERING INDEX deliveries_id \(id=\?\)/,
  ],
  ['deliveries.list', () => db.deliveries.list({}, { limit: 50 }), /SCAN d USING INDEX deliveries_id$/],
  ['deliveries.list, next page', () => db.deliveries.list({}, page), /USING INDEX deliveries_id \(id<\?\)/],
  [
    'deliveries.list by forge',
    () => db.deliveries.list({ forge: 'gitea', status: 'processed' }, page),
    /USING INDEX deliveries_forge \(forge=\? AND id<\?\)/,
  ],
  [
    'deliveries.list by status',
    () => db.deliveries.list({ status: 'failed', matched: true }, page),
    /USING INDEX deliveries_status \(status=\? AND id<\?\)/,
  ],
  [
    'deliveries.list by event',
    () => db.deliveries.list({ event: 'push' }, page),
    /USING INDEX deliveries_event \(event=\? AND id<\?\)/,
  ],
  [
    'deliveries.list by whether they matched',
    () => db.deliveries.list({ matched: false }, page),
    /USING INDEX deliveries_matched \(matched=\? AND id<\?\)/,
  ],
  [
    'deliveries.list by pipeline',
    () => db.deliveries.list({ pipelineId: 'web', event: 'push' }, page),
    /SEARCH v USING COVERING INDEX verdicts_pipeline \(pipeline_id=\? AND delivery_id<\?\)[^]*deliveries_id \(id=\?\)/,
  ],
  [
    'deliveries.countVerdicts',
    () => db.deliveries.countVerdicts(['d1']),
    /SEARCH verdicts USING PRIMARY KEY \(delivery_id=\?\)/,
  ],
  [
    'deliveries.listReceived',
    () => db.deliveries.listReceived(0, 10),
    /USING COVERING INDEX deliveries_received \(sequence>\?\)[^]*SEARCH deliveries USING INTEGER PRIMARY KEY/,
  ],
  [
    'deliveries.countReceivedBytes',
    () => db.deliveries.countReceivedBytes(),
    /SCAN deliveries USING COVERING INDEX deliveries_received/,
  ],
  [
    'deliveries.listLastReceived',
    () => db.deliveries.listLastReceived(),
    /SCAN deliveries USING COVERING INDEX deliveries_last/,
  ],
  [
    'deliveries.isPushKnown',
    () => db.deliveries.isPushKnown('gitea', { repository: { fullName: 'a', cloneUrls: [] }, ref: 'r', commit: 'c' }),
    /deliveries_commit \(commit_sha=\? AND ref=\? AND forge=\?\)[^]*jobs_commit \(commit_sha=\? AND ref=\?\)/,
  ],
  [
    'deliveries.finish',
    () => db.deliveries.finish([]),
    /SCAN ended VIRTUAL TABLE[^]*SEARCH deliveries USING (COVERING )?INDEX deliveries_id \(id=\?\)/,
  ],
  ['deliveries.listVerdicts', () => db.deliveries.listVerdicts('d1'), /USING PRIMARY KEY \(delivery_id=\?\)/],
  ['commitStatuses.findByJob', () => db.commitStatuses.findByJob('j1'), /USING PRIMARY KEY \(job_id=\?\)/],
  ['commitStatuses.listForges', () => db.commitStatuses.listForges(), /USING COVERING INDEX commit_statuses_open/],
  [
    'commitStatuses.nextDue',
    () => db.commitStatuses.nextDue('hub', 1, ['j1']),
    new RegExp(
      'due USING INDEX commit_statuses_open \\(forge=\\? AND next_attempt_at<\\?\\)[^]*jobs USING INDEX jobs_id[^]*' +
        'newer USING INDEX jobs_pipeline_number \\(pipeline_id=\\? AND number>\\?\\)',
    ),
  ],
  [
    'commitStatuses.nextAttemptAfter',
    () => db.commitStatuses.nextAttemptAfter(1),
    /USING COVERING INDEX commit_statuses_open/,
  ],
  ['jobSecrets.listByJob', () => db.jobSecrets.listByJob('j'), /USING PRIMARY KEY/],
  ['jobTokens.findJobId', () => db.jobTokens.findJobId('h'), /USING COVERING INDEX job_tokens_token_hash/],
  ['configState.current', () => db.configState.current(), /USING INTEGER PRIMARY KEY/],
];

test.each(cases)('%s uses its index', async (_name, call, expected) => {
  const plan = await planOf(call);
  expect(plan).toMatch(expected);
  expect(plan).not.toMatch(/USE TEMP B-TREE/);
  expect(plan).not.toMatch(/SCAN (jobs|steps|secrets|artifacts|deliveries|verdicts|job_tokens|users|"?\w*Row"?)$/m);
});

test('every list and find of the repositories is among the cases, or reads its whole table on purpose', () => {
  const wholeTable = [
    'users.list',
    'teams.list',
    'pipelines.listRepositories',
    'secrets.list',
    'secrets.listSealed',
    'artifacts.listLoose',
    'configState.listSyncs',
  ];
  const repositories = {
    jobs: db.jobs,
    steps: db.steps,
    pipelines: db.pipelines,
    users: db.users,
    teams: db.teams,
    secrets: db.secrets,
    audit: db.audit,
    artifacts: db.artifacts,
    provenance: db.provenance,
    commitStatuses: db.commitStatuses,
    deliveries: db.deliveries,
    jobSecrets: db.jobSecrets,
    jobTokens: db.jobTokens,
    configState: db.configState,
  };
  const reading = Object.entries(repositories).flatMap(([name, repository]) =>
    Object.getOwnPropertyNames(Object.getPrototypeOf(repository))
      .filter((method) => /^(find|list|count|next|current)/.test(method))
      .map((method) => `${name}.${method}`),
  );
  const covered = cases.map(([name]) => name.split(/[ ,]/)[0]);
  expect(reading.filter((method) => !covered.includes(method) && !wholeTable.includes(method))).toEqual([]);
});
