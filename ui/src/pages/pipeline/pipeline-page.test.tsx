import { expect, test } from 'vitest';
import { answerRequests } from '../../test-api.ts';
import { showPage } from '../../test-page.tsx';
import { sampleJob, samplePipelineDetail } from '../../test-samples.ts';
import PipelinePage from './pipeline-page.tsx';

test('a pipeline shows what starts it, its settings, where it is declared, and its runs', async () => {
  const repository = { url: 'https://github.com/acme/config.git', branch: 'main' };
  const pipeline = samplePipelineDetail({ triggers: [{ type: 'push', branches: ['main'], tags: [] }] });
  answerRequests({
    'GET /api/v1/pipelines/web': () => ({ body: pipeline }),
    'GET /api/v1/jobs': () => ({ body: { items: [sampleJob()] } }),
    'GET /api/v1/config': () => ({ body: { repository, current: { commit: 'abc', applied_at: '' }, syncs: [] } }),
  });
  const page = showPage(PipelinePage, { path: '/pipelines/:id', at: '/pipelines/web' });
  expect(await page.findByText('a push, branches main')).toBeTruthy();
  expect(page.getByText('1 h 00 min, then it is ended')).toBeTruthy();
  const declared = await page.findByText('pipelines/web.yaml:3');
  await expect
    .poll(() => page.getByText('pipelines/web.yaml:3').closest('a')?.getAttribute('href'))
    .toBe('https://github.com/acme/config/blob/abc/pipelines/web.yaml#L3');
  expect(declared).toBeTruthy();
  expect((await page.findByText('#7')).getAttribute('href')).toBe(`/jobs/${sampleJob().id}`);
  // what is changed is changed in the config repository
  expect(page.getAllByRole('button').map((button) => button.textContent)).toEqual(['Trigger']);
});
