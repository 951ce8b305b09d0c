import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawClient, type WatchEvent } from '@danube/test-support/kubernetes/raw-client.js';
import { StandInCluster } from '@danube/test-support/kubernetes/stand-in-cluster.js';
import { awaitPod, hasEnded, idle, isRunning, podManifest } from '@danube/test-support/kubernetes/test-pods.js';
import type { Pod } from '@danube/test-support/kubernetes/types.js';

const namespace = 'danube-jobs';
const path = `/api/v1/namespaces/${namespace}/pods`;
const shared = {
  volumes: [{ name: 'shared', emptyDir: {} }],
  containers: [{ ...idle('main', 'base:1'), volumeMounts: [{ name: 'shared', mountPath: '/shared' }] }],
};

describe('faults of the stand-in', () => {
  let cluster: StandInCluster;
  let client: RawClient;
  let count = 0;

  beforeAll(async () => {
    cluster = await StandInCluster.start({ images: { 'base:1': 'host' }, namespaces: [namespace], resyncMs: 50 });
    client = new RawClient(cluster.kubeconfig);
  });
  afterAll(() => cluster.stop());

  async function running(spec: Parameters<typeof podManifest>[1] = shared): Promise<string> {
    count += 1;
    const name = `pod-${count}`;
    await client.send('POST', path, podManifest(name, spec));
    await awaitPod(client, namespace, name, isRunning);
    return name;
  }

  async function outputOf(pod: string, script: string): Promise<string> {
    const exec = client.exec(namespace, pod, ['sh', '-c', script]);
    await exec.closed;
    return exec.text(1);
  }

  it('cut watches', async () => {
    const watch = client.watch(path, { resourceVersion: '0', labelSelector: 'none=none' });
    const next = watch.next();
    next.catch(() => undefined);
    while (!cluster.calls.some(({ verb }) => verb === 'watch')) await new Promise(setImmediate);
    cluster.faults.dropWatches();
    await expect(next).rejects.toThrow(/aborted|hang up|ECONNRESET/);
  });

  it('end watches with an error', async () => {
    cluster.faults.watchError();
    const events: WatchEvent[] = [];
    for await (const event of client.watch(path)) events.push(event);
    expect(events).toMatchObject([{ type: 'ERROR', object: { kind: 'Status', code: 500 } }]);
  });

  it('cut execs whose programs go on, unseen', async () => {
    const pod = await running();
    const exec = client.exec(namespace, pod, ['sh', '-c', 'echo on; sleep 0.3; echo more; echo done > /shared/done']);
    while (exec.text(1) !== 'on\n') await once(exec.socket, 'message');
    cluster.faults.cutExecs({ name: pod });
    expect(await exec.closed).toEqual({ close: 1006, reason: '' });
    expect(await outputOf(pod, 'while [ ! -e /shared/done ]; do sleep 0.05; done; cat /shared/done')).toBe('done\n');
  });

  it('end the input of an exec that is cut', async () => {
    const pod = await running();
    const exec = client.exec(namespace, pod, ['sh', '-c', 'cat > /shared/got; mv /shared/got /shared/all'], {
      stdin: true,
    });
    await exec.opened;
    exec.write(0, 'half');
    while ((await outputOf(pod, 'cat /shared/got')) !== 'half') continue;
    cluster.faults.cutExecs({ name: pod });
    expect(await outputOf(pod, 'while [ ! -e /shared/all ]; do sleep 0.05; done; cat /shared/all')).toBe('half');
  });

  it('let execs hang half-open', async () => {
    const pod = await running();
    const exec = client.exec(namespace, pod, ['sh', '-c', 'cat; echo end'], { stdin: true });
    await exec.opened;
    while (exec.frames.length === 0) await once(exec.socket, 'message');
    cluster.faults.stallExecs();
    let pongs = 0;
    exec.socket.on('pong', () => (pongs += 1));
    exec.socket.ping();
    exec.write(255, Buffer.from([0]));
    // the server answers others meanwhile
    await client.send('GET', path);
    expect([pongs, exec.text(1), exec.socket.readyState]).toEqual([0, '', exec.socket.OPEN]);
    cluster.faults.resumeExecs();
    await exec.closed;
    expect([pongs, exec.text(1)]).toEqual([1, 'end\n']);
  });

  it('let execs open late', async () => {
    const pod = await running();
    cluster.faults.slowExec(300);
    const started = Date.now();
    expect(await outputOf(pod, 'echo late')).toBe('late\n');
    cluster.faults.slowExec(0);
    expect(Date.now() - started).toBeGreaterThanOrEqual(300);
  });

  it('take the server away while pods go on', async () => {
    const pod = await running();
    const exec = client.exec(namespace, pod, ['sh', '-c', 'echo on; sleep 0.2; echo done > /shared/done; sleep 60']);
    while (exec.text(1) !== 'on\n') await once(exec.socket, 'message');
    const comeBack = cluster.faults.goAway();
    expect(await exec.closed).toMatchObject({ close: 1006 });
    await expect(client.send('GET', path)).rejects.toThrow(/ECONNRESET|hang up|disconnected/);
    comeBack();
    expect(await outputOf(pod, 'while [ ! -e /shared/done ]; do sleep 0.05; done; cat /shared/done')).toBe('done\n');
  });

  it('answer with errors, so often and to those that are meant', async () => {
    cluster.faults.answerWith({ status: 429, retryAfter: 2, times: 2, filter: { verb: 'list', resource: 'pods' } });
    const answers = [
      await client.send('GET', path),
      await client.send('GET', '/version'),
      await client.send('GET', path),
      await client.send('GET', path),
    ];
    expect(answers.map(({ code, headers }) => [code, headers['retry-after']])).toEqual([
      [429, '2'],
      [200, undefined],
      [429, '2'],
      [200, undefined],
    ]);
    const pod = await running();
    cluster.faults.answerWith({ status: 503, filter: { subresource: 'exec' } });
    expect(await client.exec(namespace, pod, ['true']).closed).toMatchObject({ httpStatus: 503 });
    cluster.faults.answerAgain();
    expect(await outputOf(pod, 'echo again')).toBe('again\n');
  });

  it('evict a pod', async () => {
    const pod = await running();
    await cluster.faults.evict({ name: pod }, 'The node was low on resource: ephemeral-storage.');
    const { status } = await awaitPod(client, namespace, pod, hasEnded);
    expect(status).toMatchObject({
      phase: 'Failed',
      reason: 'Evicted',
      message: 'The node was low on resource: ephemeral-storage.',
      containerStatuses: [{ state: { terminated: { exitCode: 137, reason: 'Error' } } }],
    });
  });

  it('kill a sidecar for want of memory, and it starts again', async () => {
    const pod = await running({
      initContainers: [{ ...idle('side', 'base:1'), restartPolicy: 'Always' }],
      containers: [idle('main', 'base:1')],
    });
    cluster.faults.oomKill({ name: pod }, 'side');
    const again = await awaitPod(
      client,
      namespace,
      pod,
      ({ status }) =>
        status.initContainerStatuses?.[0]?.restartCount === 1 && status.initContainerStatuses[0].started === true,
    );
    expect(again.status).toMatchObject({
      phase: 'Running',
      initContainerStatuses: [
        { lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } }, state: { running: {} } },
      ],
    });
  });

  it('lose a pod with its node: its object stays until it is deleted by force', async () => {
    const pod = await running();
    await cluster.faults.loseNode({ name: pod });
    const lost = await awaitPod(client, namespace, pod, ({ status }) => status.reason === 'NodeLost');
    expect(lost.status.phase).toBe('Running');
    expect(await client.exec(namespace, pod, ['true'], { protocol: 'v4.channel.k8s.io' }).closed).toMatchObject({
      httpStatus: 500,
    });
    await client.send('DELETE', `${path}/${pod}`);
    const waiting = JSON.parse((await client.send('GET', `${path}/${pod}`)).text) as Pod;
    expect(waiting.metadata.deletionTimestamp).toBeDefined();
    await client.send('DELETE', `${path}/${pod}?gracePeriodSeconds=0`);
    expect((await client.send('GET', `${path}/${pod}`)).code).toBe(404);
  });

  it('delete a pod behind the back of its owner', async () => {
    const pod = await running();
    await cluster.faults.deletePod({ name: pod });
    expect((await client.send('GET', `${path}/${pod}`)).code).toBe(404);
  });
});
