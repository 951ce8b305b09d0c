import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { KubernetesDanube } from '@danube/test-support/kubernetes-danube.js';
import { isRealCluster, openTestCluster, type TestCluster } from '@danube/test-support/test-cluster.js';

const names = ['control-ca.key', 'control-ca.crt', 'control.key', 'control.crt'];
/** The first step ends when its repository has the branch. */
const danubefile = `
from danube import step
print(step.run('echo first; until git ls-remote --exit-code "$DANUBE_REPO" "$GO"; do sleep 0.1; done').ok)
print(step.run("echo second").ok)
`;

describe.skipIf(isRealCluster)('a server whose jobs are in pods', () => {
  let cluster: TestCluster;
  let danube: KubernetesDanube;
  beforeAll(async () => {
    cluster = await openTestCluster();
    danube = await KubernetesDanube.startIn(cluster, danubefile);
  });
  afterAll(async () => {
    await danube.stop();
    await cluster.stop();
  });

  const key = (name: string) => join(danube.folder, 'data', 'keys', name);
  const read = (name: string) => readFile(key(name), 'utf8');

  test('says in its readiness how the certificate is', async () => {
    const answer = await fetch(`http://${danube.running.addresses.http}/health/ready`);
    const { checks } = (await answer.json()) as { checks: readonly { name: string }[] };
    expect(checks).toContainEqual(expect.objectContaining({ name: 'control plane certificate', status: 'ok' }));
  });

  test.each([
    ['the same certificate', []],
    ['another certificate', ['control.key', 'control.crt']],
    ['another authority', names],
  ])('goes on with its jobs after a restart with %s', async (_, removed) => {
    for (const name of names) expect((await stat(key(name))).mode & 0o777).toBe(0o600);
    const go = `go-${removed.length}`;
    const job = await danube.trigger({ env: { GO: go } });
    await danube.logHas(job.id, 'first');
    const before = await read('control-ca.crt');
    await danube.halt();
    for (const name of removed) await rm(key(name));
    await danube.boot();
    expect((await read('control-ca.crt')) === before).toBe(!removed.includes('control-ca.crt'));
    danube.project.git('branch', go);
    expect(await danube.until(job.id, 'success', 'failure')).toMatchObject({ status: 'success' });
    expect(await danube.log(job.id)).toContain('second');
  });
});
