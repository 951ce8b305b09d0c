import assert from 'node:assert/strict';
import type { CommitState, CommitStatus, Forge } from '../../forge.js';
import { remoteChecks } from '../kit/remote-checks.js';
import type { ForgeCheck } from './forge-check.js';
import type { ForgeSamples, ForgeSetting } from './forge-samples.js';

const again = 'the same status, reported again, is shown as another';
const states: readonly CommitState[] = ['pending', 'running', 'success', 'failure', 'error'];

function statusOf(state: CommitState, changes: Partial<CommitStatus> = {}): CommitStatus {
  return {
    state,
    context: 'danube/build',
    description: 'it is as it is',
    targetUrl: 'https://danube.example.com/jobs/1',
    ...changes,
  };
}

interface Reporting {
  /** Reports, and answers what the forge shows for the context then. */
  readonly report: (status: CommitStatus) => Promise<string>;
  readonly shown: (context: string) => string | undefined;
}

function check(name: string, run: (reporting: Reporting) => Promise<void>): ForgeCheck {
  return {
    name: `statuses: ${name}`,
    run: ({ use }) =>
      use(async ({ instance: { statuses }, setting }) => {
        if (statuses === undefined || setting.status === undefined) return;
        const { status: samples } = setting;
        const shown = (context: string) => samples.shown(context);
        await run({
          shown,
          report: async (status) => {
            await statuses.report(samples.commit, status, new AbortController().signal);
            const word = shown(status.context);
            assert.ok(word !== undefined, `${status.state} is not shown`);
            return word;
          },
        });
      }),
  };
}

function assertTogether(sample: string, given: unknown, facet: string, present: unknown): void {
  const [has, wants] = [present === undefined ? 'has no' : 'has', given === undefined ? 'answers no' : 'answers'];
  const message = `the forge ${has} "${facet}", and prepare() of the samples ${wants} "${sample}"; give both or neither`;
  assert.equal(given !== undefined, present !== undefined, message);
}

export const statusChecks: readonly ForgeCheck[] = [
  {
    name: 'statuses and history come with samples',
    run: ({ use }) =>
      use(({ instance, setting }) => {
        assertTogether('status', setting.status, 'statuses', instance.statuses);
        assertTogether('history', setting.history, 'history', instance.history);
      }),
  },
  check('every state is shown, and a verdict is told from another', async ({ report }) => {
    const words = new Map<CommitState, string>();
    for (const state of states) words.set(state, await report(statusOf(state)));
    const verdicts = [words.get('success'), words.get('failure'), words.get('pending')];
    assert.equal(new Set(verdicts).size, 3, `success, failure and pending are shown as ${verdicts.join(', ')}`);
    assert.notEqual(words.get('error'), words.get('success'), 'error is shown as success');
    assert.notEqual(words.get('running'), words.get('success'), 'running is shown as success');
  }),
  check('the same status may be reported again', async ({ report }) => {
    assert.equal(await report(statusOf('pending')), await report(statusOf('pending')), again);
    assert.equal(await report(statusOf('success')), await report(statusOf('success')), again);
  }),
  check('a newer status replaces that of the same context only', async ({ report, shown }) => {
    const other = await report(statusOf('failure', { context: 'danube/other' }));
    const before = await report(statusOf('pending'));
    assert.notEqual(await report(statusOf('success')), before, 'a newer status does not replace an older one');
    assert.equal(shown('danube/other'), other, 'a status replaced one of another context');
  }),
  check('a long description and a missing page are no problem', async ({ report }) => {
    await report(statusOf('success', { description: 'é'.repeat(140), targetUrl: undefined }));
    await report(statusOf('failure', { description: '', context: 'danube/a "b" <c>/d' }));
  }),
  ...remoteChecks<Forge, ForgeSetting, ForgeSamples>(
    'statuses.report',
    ({ instance, setting }, signal) =>
      setting.status && instance.statuses?.report(setting.status.commit, statusOf('success'), signal),
    { saysWhen: true },
  ),
];
