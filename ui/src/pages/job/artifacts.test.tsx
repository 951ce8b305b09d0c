import { render } from '@solidjs/testing-library';
import { expect, test } from 'vitest';
import type { JobDetail } from '../../api/types.ts';
import { sampleJobDetail } from '../../test-samples.ts';
import { Artifacts } from './artifacts.tsx';

const artifact: JobDetail['artifacts'][number] = {
  id: 'a',
  job_id: 'j1',
  name: 'web-app',
  size_bytes: 4_200,
  sha256: 'f'.repeat(64),
  created_at: '2026-01-06T12:01:00.000Z',
};
const signed = { ...artifact, signature: 'c2lnbmVk' };
const show = (changes: Partial<JobDetail>) =>
  render(() => <Artifacts job={sampleJobDetail({ id: 'j1', status: 'success', ...changes })} />);

test('an artifact has its archive, size, digest and signature, and the job its provenance', () => {
  const page = show({ artifacts: [signed] });
  const addresses = page.getAllByRole('link').map((link) => link.getAttribute('href'));
  expect(addresses).toEqual([
    '/api/v1/jobs/j1/artifacts/web-app',
    '/api/v1/jobs/j1/artifacts/web-app.sig',
    '/api/v1/jobs/j1/provenance',
    '/api/v1/jobs/j1/provenance?format=slsa-v0.2',
  ]);
  expect(page.getByText('4.2 kB')).toBeTruthy();
  expect(page.getByText(artifact.sha256)).toBeTruthy();
});

test.each<[string, Partial<JobDetail>]>([
  ['failed', { status: 'failure', artifacts: [signed] }],
  ['left what no key has signed', { artifacts: [artifact] }],
])('a job that %s has no provenance', (_, job) => {
  expect(show(job).queryByText(/Provenance/)).toBeNull();
});
