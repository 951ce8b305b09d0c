import { createHash, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { preAuthenticationEncoding, type Envelope } from '@danube/core/domain/provenance/dsse.js';
import type { slsaV1Statement } from '@danube/core/domain/provenance/slsa-v1.js';
import type { Job } from '@danube/core/domain/job/job.js';
import { Tokens } from '@danube/core/services/tokens.js';
import { TestDanube } from '@danube/test-support/danube.js';
import { schemaProblems } from '@danube/test-support/provenance-schemas.js';
import { afterEach, expect, test } from 'vitest';

let danube: TestDanube;
afterEach(() => danube.stop());

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
const container = () => danube.running.container;

function fetchApi(path: string): Promise<Response> {
  const token = readFileSync(join(danube.dataDir, 'keys', 'admin.token'), 'utf8').trim();
  return fetch(`http://${danube.running.addresses.http}${path}`, { headers: { authorization: `Bearer ${token}` } });
}

async function ended(env: Job['env'] = {}): Promise<Job> {
  const { id } = await danube.trigger({ env });
  const job = await danube.until(id);
  // the provenance comes after the status
  await container().resolve(Tokens.ActiveJobs).find(id)?.done;
  return job;
}

async function envelopeOf(id: string, format: string): Promise<Envelope> {
  return (await (await fetchApi(`/api/v1/jobs/${id}/provenance?format=${format}`)).json()) as Envelope;
}

/** The statement of an envelope that the server's key has signed. */
async function open(envelope: Envelope): Promise<never> {
  expect(schemaProblems('envelope', envelope)).toEqual([]);
  const payload = Buffer.from(envelope.payload, 'base64');
  const key = await (await fetchApi('/api/v1/signing-key')).text();
  expect(key).toBe(readFileSync(join(danube.dataDir, 'keys', 'signing.key.pub'), 'utf8'));
  const [signature] = envelope.signatures;
  const signed = preAuthenticationEncoding(envelope.payloadType, payload);
  expect(verify(null, signed, key, Buffer.from(signature?.sig ?? '', 'base64'))).toBe(true);
  return JSON.parse(payload.toString()) as never;
}

const danubefile = `
from danube import artifacts, step
step.run("mkdir dist && date > dist/file", name="build", check=True)
print(step.run("exit 3", name="probe", check=False).exit_code)
artifacts.upload("dist", name="web")
artifacts.upload("danubefile.py", name="source")
`;

test('a job that succeeds gets signed provenance in both formats, with what really went in and came out', async () => {
  danube = await TestDanube.start(danubefile);
  const job = await ended({ TARGET: 'release' });
  expect(job.status).toBe('success');
  const statement: ReturnType<typeof slsaV1Statement> = await open(await envelopeOf(job.id, 'slsa-v1'));
  expect(schemaProblems('statementV1', statement)).toEqual([]);
  const artifacts = await container().resolve(Tokens.ArtifactRepository).listByJob(job.id);
  expect(statement.subject.map(({ name, digest }) => [name, digest.sha256])).toEqual(
    artifacts.map((artifact) => [artifact.name, artifact.sha256]),
  );
  for (const { name, annotations } of statement.subject) {
    const signature = await (await fetchApi(`/api/v1/jobs/${job.id}/artifacts/${name}.sig`)).arrayBuffer();
    expect(annotations?.signature).toBe(Buffer.from(signature).toString('base64'));
  }
  const { buildDefinition, runDetails } = statement.predicate;
  expect(buildDefinition.externalParameters).toEqual({
    pipeline: 'main',
    repository: danube.repositoryUrl,
    ref: 'refs/heads/main',
    file: 'danubefile.py',
    env: { TARGET: 'release' },
  });
  expect(buildDefinition.internalParameters).toMatchObject({
    config_commit: container().resolve(Tokens.ActiveConfiguration).applied.commit,
    isolation: 'none',
  });
  expect(buildDefinition.resolvedDependencies.slice(0, 2)).toMatchObject([
    { digest: { gitCommit: job.source.commit } },
    { name: 'danubefile.py', digest: { sha256: sha256(danubefile) } },
  ]);
  const { keyId } = container().resolve(Tokens.Signer);
  expect(runDetails.builder).toEqual({
    id: `https://danube.dev/instances/${keyId.slice(0, 16)}#none`,
    version: { danube: '0.0.0-test' },
  });
  expect(runDetails.byproducts).toMatchObject([
    {
      digest: { sha256: sha256(await danube.log(job.id)) },
      annotations: {
        steps: [
          { name: 'build', exit_code: 0 },
          { name: 'probe', exit_code: 3 },
        ],
      },
    },
  ]);

  const older = await open(await envelopeOf(job.id, 'slsa-v0.2'));
  expect(schemaProblems('statementV02', older)).toEqual([]);
  expect(older).toMatchObject({ subject: [{ name: 'source' }, { name: 'web' }] });
  const metrics = await (await fetchApi('/metrics')).text();
  expect(metrics).toContain('danube_provenance_generated_total{status="success"} 1');
});

test('provenance and signatures stay what they were over a restart, and new ones come from the same key', async () => {
  danube = await TestDanube.start(danubefile);
  const { id } = await ended();
  const key = await (await fetchApi('/api/v1/signing-key')).text();
  const envelope = await envelopeOf(id, 'slsa-v1');
  await danube.halt();
  await danube.boot();
  expect(await (await fetchApi('/api/v1/signing-key')).text()).toBe(key);
  expect(await envelopeOf(id, 'slsa-v1')).toEqual(envelope);
  danube.project.commit({ note: 'another commit' });
  const next = await ended();
  await open(await envelopeOf(next.id, 'slsa-v1'));
});

test('a secret that somebody passes as a variable is not handed on', async () => {
  danube = await TestDanube.start(danubefile);
  await container().resolve(Tokens.Secrets).set('TOKEN', 'hunter2-hunter2', { kind: 'global' }, 'test');
  const { id } = await ended({ PASSED: 'x=hunter2-hunter2' });
  const text = JSON.stringify(await open(await envelopeOf(id, 'slsa-v1')));
  expect(text).toContain('PASSED');
  expect(text).not.toContain('hunter2');
});

test('a job that fails, or leaves nothing, has none', async () => {
  danube = await TestDanube.start(`
import os
from danube import artifacts, step
if os.environ["KIND"] == "fails":
    artifacts.upload("danubefile.py", name="source")
    step.run("exit 1", check=True)
`);
  for (const kind of ['fails', 'leaves-nothing']) {
    const { id } = await ended({ KIND: kind });
    expect((await fetchApi(`/api/v1/jobs/${id}/provenance`)).status).toBe(404);
    danube.project.commit({ note: kind });
  }
  expect(await (await fetchApi('/metrics')).text()).not.toContain('danube_provenance_generated_total{');
});

test('where it cannot be stored it is tried again', async () => {
  danube = await TestDanube.start(danubefile);
  const repository = container().resolve(Tokens.ProvenanceRepository);
  const complete = repository.complete.bind(repository);
  repository.complete = (...args) => {
    repository.complete = complete;
    return Promise.reject(new Error(`no room for ${args[0]}`));
  };
  const { id } = await ended();
  await open(await envelopeOf(id, 'slsa-v1'));
  const metrics = await (await fetchApi('/metrics')).text();
  for (const status of ['failure', 'success']) {
    expect(metrics).toContain(`danube_provenance_generated_total{status="${status}"} 1`);
  }
});

test('where the repository is gone at the end, provenance goes without the digest of the pipeline file', async () => {
  danube = await TestDanube.start(danubefile);
  container().resolve(Tokens.SourceFiles).readFile = () => Promise.reject(new Error('the repository is gone'));
  const { id } = await ended();
  const statement: ReturnType<typeof slsaV1Statement> = await open(await envelopeOf(id, 'slsa-v1'));
  expect(statement.predicate.buildDefinition.resolvedDependencies).toHaveLength(1);
});
