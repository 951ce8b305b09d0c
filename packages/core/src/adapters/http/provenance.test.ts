import { sampleCircumstances } from '@danube/test-support/database-samples.js';
import { HttpFixture } from '@danube/test-support/http-fixture.js';
import { afterEach, beforeEach, expect, test } from 'vitest';

let http: HttpFixture;
beforeEach(async () => {
  http = await HttpFixture.start();
  await http.addPipelines('web');
});
afterEach(() => http.stop());

interface Answer {
  readonly payload: string;
  readonly error: { readonly code: string; readonly message: string };
}

async function ask(id: string, query = ''): Promise<{ status: number; body: Answer }> {
  return http.json(`/api/v1/jobs/${id}/provenance${query}`);
}

test('each format is answered as it was stored, the one of SLSA v1 where none is named', async () => {
  const id = await http.addAttestedJob();
  const typeOf = async (query: string) => {
    const { payload } = (await ask(id, query)).body;
    return (JSON.parse(Buffer.from(payload, 'base64').toString()) as { predicateType: string }).predicateType;
  };
  expect(await Promise.all(['', '?format=slsa-v1', '?format=slsa-v0.2'].map(typeOf))).toEqual([
    'https://slsa.dev/provenance/v1',
    'https://slsa.dev/provenance/v1',
    'https://slsa.dev/provenance/v0.2',
  ]);
  expect((await ask(id, '?format=spdx')).status).toBe(400);
  expect((await fetch(`${http.url}/api/v1/jobs/${id}/provenance`)).status).toBe(401);
});

test('where there is none the answer says why', async () => {
  const errorOf = async (id: string) => {
    const { status, body } = await ask(id);
    return [status, body.error.code, body.error.message.replace(/^.*: /, '')];
  };
  const job = await http.addJob();
  expect(await errorOf(job.id)).toEqual([404, 'provenance_not_found', 'it has not ended, it is pending']);
  await http.move(job, 'success');
  expect(await errorOf(job.id)).toEqual([404, 'provenance_not_found', 'it ran before this server wrote any']);
  await http.database.provenance.begin(job.id, sampleCircumstances);
  expect(await errorOf(job.id)).toEqual([404, 'provenance_not_found', 'it left no artifacts']);
  await http.addArtifact(job.id, 'web', Buffer.from('archive'));
  expect((await errorOf(job.id)).slice(0, 2)).toEqual([503, 'provenance_pending']);

  const failed = await http.addJob();
  await http.move(failed, 'failure');
  expect(await errorOf(failed.id)).toEqual([404, 'provenance_not_found', 'it did not succeed, it ended with failure']);
  expect((await errorOf('none'))[1]).toBe('job_not_found');
});

test('the key of the server is a file for openssl', async () => {
  const response = await http.fetch('/api/v1/signing-key');
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="signing.key.pub"');
  expect(await response.text()).toBe(http.signer.publicKeyPem);
  expect((await fetch(`${http.url}/api/v1/signing-key`)).status).toBe(401);
});
