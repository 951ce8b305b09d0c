import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { answerRequests } from '../../test-api.ts';
import { showPage } from '../../test-page.tsx';
import { samplePipelineDetail } from '../../test-samples.ts';
import { TriggerForm } from './trigger-form.tsx';

const show = () => showPage(() => <TriggerForm pipeline={samplePipelineDetail()} />, { path: '/', at: '/' });

test('the branch of the pipeline is offered, others of the repository too, and the new job is shown', async () => {
  const asked = answerRequests({
    'GET /api/v1/pipelines/web/branches': () => ({ body: { items: ['main', 'next'] } }),
    'POST /api/v1/pipelines/web/trigger': () => ({ status: 201, body: { id: 'j1' } }),
  });
  const page = show();
  const branch = await page.findByLabelText<HTMLInputElement>('Branch');
  expect(page.getByText('The newest commit of main is built.')).toBeTruthy();
  await expect.poll(() => [...document.querySelectorAll('datalist option')]).toHaveLength(2);
  await userEvent.type(branch, 'next');
  await userEvent.click(page.getByText('Start job'));
  await expect.poll(() => page.history.get()).toBe('/jobs/j1');
  expect(asked.at(-1)?.body).toBe('{"branch":"next"}');
});

test('a branch that is not there is said to be so, and nothing is left', async () => {
  answerRequests({
    'POST /api/v1/pipelines/web/trigger': () => ({
      status: 404,
      body: { error: { code: 'ref_not_found', message: 'the repository has no refs/heads/main' } },
    }),
  });
  const page = show();
  await userEvent.click(await page.findByText('Start job'));
  expect((await page.findByRole('alert')).textContent).toContain('has no refs/heads/main');
  expect(page.getByText(/The branches cannot be listed/)).toBeTruthy();
  expect(page.history.get()).toBe('/');
});
