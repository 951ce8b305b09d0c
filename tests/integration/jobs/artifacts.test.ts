import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Tokens } from '@danube/core/services/tokens.js';
import { TestDanube } from '@danube/test-support/danube.js';
import { filesHolding } from '@danube/test-support/find-secret.js';
import { onKubernetes } from '@danube/test-support/test-runtime.js';
import { afterEach, describe, expect, test } from 'vitest';

let danube: TestDanube;
afterEach(() => danube.stop());

const container = () => danube.running.container;
const listed = (id: string) => container().resolve(Tokens.ArtifactRepository).listByJob(id);
const loose = () => container().resolve(Tokens.ArtifactRepository).listLoose();
const stored = () =>
  readdirSync(join(danube.dataDir, 'artifacts'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.object'),
  );

test('what one step leaves comes back in the same job, and outlives it', async () => {
  danube = await TestDanube.start(
    `
from danube import artifacts, step
step.run("mkdir -p dist/bin && printf '%s' '#!/bin/sh' > dist/bin/tool && chmod 755 dist/bin/tool && ln -s bin/tool dist/tool")
artifacts.upload("dist", name="dist")
artifacts.upload("dist", name="dist")
artifacts.download("dist", "again")
step.run("test -x again/tool && test -L again/tool && cat again/bin/tool", check=True)
`,
  );
  const { id } = await danube.trigger();
  expect((await danube.until(id)).reason).toBeUndefined();
  await danube.log(id);
  const [artifact, ...others] = await listed(id);
  expect(others).toEqual([]);
  expect(artifact).toMatchObject({ jobId: id, name: 'dist', place: { storage: '' } });
  const [path] = stored();
  expect(path).toBe(`${artifact?.place.key}.object`);
  const digest = execFileSync('sha256sum', [join(danube.dataDir, 'artifacts', path ?? '')], { encoding: 'utf8' });
  expect(digest.split(' ')[0]).toBe(artifact?.sha256);
  expect(await loose()).toEqual([]);
  const metrics = await (await fetch(`http://${danube.running.addresses.http}/metrics`)).text();
  for (const direction of ['upload', 'download']) {
    expect(metrics).toContain(`danube_artifact_bytes_total{direction="${direction}"} ${artifact?.sizeBytes}`);
  }
});

test('another content is a conflict, unless it is to replace the first', async () => {
  danube = await TestDanube.start(`
from danube import RequestRefused, artifacts
def write(text):
    with open("report", "w") as file:
        file.write(text)
write("one")
artifacts.upload("report", name="report")
write("two")
try:
    artifacts.upload("report", name="report")
except RequestRefused as error:
    print(error.code)
artifacts.upload("report", name="report", replace=True)
artifacts.upload("report", name="report", replace=True)
artifacts.download("report", "back")
print(open("back/report").read())
`);
  const { id } = await danube.trigger();
  expect((await danube.until(id)).status).toBe('success');
  expect(await danube.log(id)).toMatch(/artifact_exists\n.*two\n/);
  expect(await listed(id)).toHaveLength(1);
  expect(stored()).toHaveLength(1);
  expect(await loose()).toEqual([]);
});

test('the artifacts of a job may have so much together, and the error says how much', async () => {
  danube = await TestDanube.start(
    `
import os
from danube import RequestRefused, artifacts
with open("half", "wb") as file:
    file.write(os.urandom(60_000))
artifacts.upload("half", name="one")
try:
    artifacts.upload("half", name="two")
except RequestRefused as error:
    print(error)
artifacts.upload("half", name="one", replace=True)
`,
    {},
    { artifacts: { max_bytes_per_job: 100_000 } },
  );
  const { id } = await danube.trigger();
  expect((await danube.until(id)).status).toBe('success');
  const [{ sizeBytes } = { sizeBytes: 0 }] = await listed(id);
  expect(await danube.log(id)).toContain(
    `the artifacts of a job may have 100000 bytes together (artifacts.max_bytes_per_job); the others of this job have ${sizeBytes}, and this one passes the rest (artifact_quota_exceeded)`,
  );
  expect(stored()).toHaveLength(1);
  expect(await loose()).toEqual([]);
});

test('the storage of the configuration is used, and artifacts of one that is gone say so', async () => {
  const path = mkdtempSync(join(tmpdir(), 'danube-artifacts-'));
  danube = await TestDanube.start(
    `
from danube import artifacts
artifacts.upload("danubefile.py", name="file")
artifacts.download("file", "back")
`,
    {},
    { storage: [{ type: 'local', name: 'disk', path }] },
  );
  const { id } = await danube.trigger();
  expect((await danube.until(id)).status).toBe('success');
  const [artifact] = await listed(id);
  expect(artifact?.place.storage).toBe('disk');
  expect(readdirSync(path, { recursive: true })).toContain(`${artifact?.place.key}.object`);
  expect(stored()).toEqual([]);

  danube.config.commit({ 'config.json': '{}' });
  await container().resolve(Tokens.PollConfiguration).syncNow(AbortSignal.timeout(10_000));
  const reading = container().resolve(Tokens.ReadArtifact).open(artifact!, AbortSignal.timeout(10_000));
  await expect(reading).rejects.toMatchObject({ code: 'artifact_storage_missing' });
  rmSync(path, { recursive: true });
});

describe('a raw client with the token of a job', () => {
  const waiting = `
import os, time
print("up", flush=True)
while True:
    time.sleep(1)
`;

  async function upload(query: Readonly<Record<string, string>>, body: Buffer | ReadableStream) {
    const { id } = await danube.trigger();
    await danube.logHas(id, 'up');
    const [file = ''] = filesHolding('"token"', join(danube.dataDir, 'jobs', id));
    const connection = JSON.parse(readFileSync(file, 'utf8')) as { token: string };
    const address = `http://${danube.running.addresses.rpc}/rpc/upload-artifact`;
    const answer = await fetch(`${address}?${new URLSearchParams({ job_id: id, ...query }).toString()}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${connection.token}` },
      body,
      duplex: 'half',
    });
    const { error } = (await answer.json()) as { error?: { code: string; message: string } };
    return { status: answer.status, code: error?.code };
  }

  test.skipIf(onKubernetes)('stores nothing that is no sound archive with a good name', async () => {
    danube = await TestDanube.start(waiting);
    const evil = execFileSync('tar', ['-c', '-P', '--transform', 's,.*,../../evil,', '/etc/hostname']);
    const good = gzipSync(execFileSync('tar', ['-c', '-C', '/etc', 'hostname']));
    expect(await upload({ artifact_name: 'a' }, gzipSync(evil))).toEqual({
      status: 400,
      code: 'artifact_archive_refused',
    });
    for (const body of [Buffer.from('text'), good.subarray(0, -5), evil]) {
      expect(await upload({ artifact_name: 'a' }, body)).toEqual({ status: 400, code: 'artifact_archive_invalid' });
    }
    for (const name of ['..', 'a/b', '../a', '.hidden', 'a.sig', 'ä', 'x'.repeat(101), 'a b', '%2e%2e']) {
      expect(await upload({ artifact_name: name }, good)).toEqual({ status: 400, code: 'artifact_name_invalid' });
    }
    expect(await upload({}, good)).toEqual({ status: 400, code: 'request_invalid' });
    expect(await upload({ artifact_name: 'a', job_id: 'other' }, good)).toEqual({ status: 403, code: 'job_mismatch' });
    expect(stored()).toEqual([]);
    expect(await upload({ artifact_name: 'a' }, good)).toEqual({ status: 200, code: undefined });
    expect(stored()).toHaveLength(1);
    expect(await loose()).toEqual([]);
    expect(readdirSync(join(danube.dataDir, 'artifacts', '.arrivals'))).toEqual([]);
  });
});
