import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { answerRequests } from '../../test-api.ts';
import { showPage } from '../../test-page.tsx';
import { sampleJob, samplePipeline } from '../../test-samples.ts';
import PipelinesPage from './pipelines-page.tsx';

const show = (at = '/pipelines') => showPage(PipelinesPage, { path: '/pipelines', at });

test('a pipeline shows its last run, those before, and when it is due; and leads to itself', async () => {
  const job = sampleJob({ status: 'failure' });
  const next = new Date(Date.now() + 7_300_000).toISOString();
  const web = samplePipeline({ last_job: job, recent_jobs: [job, { ...job, status: 'success' }], next_run_at: next });
  answerRequests({ 'GET /api/v1/pipelines': () => ({ body: { items: [web] } }) });
  const page = show();
  expect(page.getByLabelText('Loading')).toBeTruthy();
  const link = await page.findByText('web');
  expect(link.getAttribute('href')).toBe('/pipelines/web');
  expect(page.getByText('failure')).toBeTruthy();
  expect(page.getByRole('img').getAttribute('aria-label')).toBe('Last runs, oldest first: success, failure');
  expect(page.getByText('in 2 h')).toBeTruthy();
});

test('what is searched for stands in the address and is asked of the server', async () => {
  const asked = answerRequests({ 'GET /api/v1/pipelines': () => ({ body: { items: [] } }) });
  const page = show('/pipelines?team=platform');
  await page.findByText('No pipeline matches.');
  await userEvent.type(page.getByLabelText('Search'), 'web');
  await expect.poll(() => asked.at(-1)?.query.get('search')).toBe('web');
  expect(asked.at(-1)?.query.get('team')).toBe('platform');
  expect(page.history.get()).toBe('/pipelines?team=platform&search=web');
});

test('a failure says what the server said, and trying again shows the pipelines', async () => {
  let works = false;
  answerRequests({
    'GET /api/v1/pipelines': () =>
      works
        ? { body: { items: [samplePipeline()] } }
        : { status: 503, body: { error: { code: 'x', message: 'the database is away' } } },
  });
  const page = show();
  expect((await page.findByRole('alert')).textContent).toContain('the database is away');
  works = true;
  await userEvent.click(page.getByText('Try again'));
  expect(await page.findByText('web')).toBeTruthy();
});

test('more pipelines than one page holds come on demand', async () => {
  const asked = answerRequests({
    'GET /api/v1/pipelines': ({ query }) =>
      query.get('cursor') === 'web'
        ? { body: { items: [samplePipeline({ id: 'zoo', name: 'zoo' })] } }
        : { body: { items: [samplePipeline()], next_cursor: 'web' } },
  });
  const page = show();
  await userEvent.click(await page.findByText('Show more'));
  expect(await page.findByText('zoo')).toBeTruthy();
  expect(page.getByText('web')).toBeTruthy();
  expect(page.queryByText('Show more')).toBeNull();
  expect(asked.map(({ query }) => query.get('cursor'))).toEqual([null, null, 'web']);
});
