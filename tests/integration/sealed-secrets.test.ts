import { rmSync, chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startDanube } from '@danube/core/composition/start-danube.js';
import { sealSecret } from '@danube/core/composition/seal-secret.js';
import { Tokens } from '@danube/core/services/tokens.js';
import { TestDanube } from '@danube/test-support/danube.js';
import { pipelineDocument } from '@danube/test-support/config-documents.js';
import { afterEach, beforeEach, expect, test } from 'vitest';

const danubefile = `from danube import secrets, step
value = secrets.get("TOKEN")
step.run("echo it has " + str(len(value)) + " characters: " + value)
`;
const never = new AbortController().signal;
const value = 'a value that only the server opens';

let danube: TestDanube;
let identityFile: string;
beforeEach(async () => {
  danube = await TestDanube.start(danubefile);
  identityFile = join(danube.dataDir, 'keys', 'age.identity');
});
afterEach(() => danube.stop());

const seal = (pipelineId: string) => {
  const { recipient } = danube.running.container.resolve(Tokens.SecretUnsealer);
  return sealSecret('TOKEN', { kind: 'pipeline', pipelineId }, value, recipient);
};
const sync = () => danube.running.container.resolve(Tokens.SyncConfiguration).execute(never);

async function run(pipelineId = 'main'): Promise<{ status: string; log: string }> {
  const { id } = await danube.trigger({ pipelineId });
  const log = await danube.log(id);
  return { status: (await danube.until(id)).status, log };
}

test('a sealed secret reaches the jobs of its pipeline, those of no other, and goes with its document', async () => {
  const other = pipelineDocument('other', danube.repositoryUrl);
  danube.config.commit({ 'secrets/token.yaml': await seal('main'), 'pipelines/other.json': other });
  expect(await sync()).toMatchObject({ status: 'applied' });
  const seen = await run();
  expect(seen).toMatchObject({
    status: 'success',
    log: expect.stringContaining(`it has ${value.length} characters`) as string,
  });
  expect(seen.log).not.toContain(value);
  expect(await run('other')).toMatchObject({
    status: 'failure',
    log: expect.stringContaining('secret_not_found') as string,
  });
  const copied = (await seal('main')).replace('pipeline: main', 'pipeline: other');
  danube.config.commit({ 'secrets/copied.yaml': copied });
  expect(await sync()).toMatchObject({
    status: 'failed',
    problems: [{ file: 'secrets/copied.yaml', path: 'spec.sealed' }],
  });
  expect(await run('other')).toMatchObject({ status: 'failure' });
  danube.config.commit({ 'secrets/copied.yaml': undefined, 'secrets/token.yaml': undefined });
  expect(await sync()).toMatchObject({ status: 'applied' });
  expect(await run()).toMatchObject({ status: 'failure', log: expect.stringContaining('secret_not_found') as string });
});

test('the identity is for the server alone, and it does not start where that is lost or open', async () => {
  expect(statSync(identityFile).mode & 0o777).toBe(0o600);
  danube.config.commit({ 'token.yaml': await seal('main') });
  await sync();
  await danube.halt();
  const start = () => startDanube(danube.bootstrap(), { output: process.stderr, version: '0.0.0-test' });
  chmodSync(identityFile, 0o644);
  await expect(start()).rejects.toMatchObject({ code: 'age_identity_unusable' });
  rmSync(identityFile);
  await expect(start()).rejects.toMatchObject({ code: 'age_identity_missing' });
});
