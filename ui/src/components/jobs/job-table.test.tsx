import { MemoryRouter, Route } from '@solidjs/router';
import { render } from '@solidjs/testing-library';
import { expect, test } from 'vitest';
import { sampleJob } from '../../test-samples.ts';
import { JobTable } from './job-table.tsx';

test('a row says in words how a job fares, what it built, who asked, and leads to it', async () => {
  const jobs = [sampleJob({ status: 'failure' }), sampleJob({ id: 'b', number: 8, status: 'running' })];
  const page = render(() => (
    <MemoryRouter>
      <Route path="*" component={() => <JobTable jobs={jobs} withPipeline />} />
    </MemoryRouter>
  ));
  const link = await page.findByText('web #7');
  expect(link.getAttribute('href')).toBe(`/jobs/${jobs[0]!.id}`);
  const [, first, second] = page.getAllByRole('row');
  expect(first!.textContent).toContain('failure');
  expect(first!.textContent).toContain('4f0c1f4b');
  expect(first!.textContent).toContain('manual ada');
  expect(first!.textContent).toContain('1 min 00 s');
  expect(second!.textContent).toContain('running');
});
