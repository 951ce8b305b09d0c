import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awaitPod, hasEnded, idle, isRunning } from '@danube/test-support/kubernetes/test-pods.js';
import { container, namespace, path, PodBench } from './pod-bench.js';

describe('what a pod says of its containers', () => {
  let bench: PodBench;

  beforeAll(async () => {
    bench = await PodBench.open({ restartMs: 200, resyncMs: 50 });
  });
  afterAll(() => bench.close());

  it('say why a program that is not there does not start', async () => {
    const pod = await bench.create({ containers: [container('', { image: 'empty:1', command: ['/bin/sh'] })] });
    const { status } = await awaitPod(bench.client, namespace, pod, hasEnded);
    expect(status.containerStatuses?.[0]?.state.terminated).toMatchObject({
      reason: 'StartError',
      exitCode: 128,
      message: expect.stringContaining('exec: "/bin/sh": stat /bin/sh: no such file or directory') as string,
    });
  });

  it('leave a message of at most 4096 bytes', async () => {
    const pod = await bench.create({
      containers: [container('head -c 5000 /dev/zero | tr "\\0" x > /dev/termination-log; exit 3')],
    });
    const { status } = await awaitPod(bench.client, namespace, pod, hasEnded);
    expect(status.containerStatuses?.[0]?.state.terminated).toMatchObject({ exitCode: 3, message: 'x'.repeat(4096) });
  });

  it('start in the order of the pod: init containers, sidecars, then the others', async () => {
    const volumeMounts = [{ name: 'shared', mountPath: '/shared' }];
    const note = (word: string) => `echo ${word} >> /shared/order`;
    const pod = await bench.create({
      volumes: [{ name: 'shared', emptyDir: {} }],
      initContainers: [
        container(`sleep 0.3; ${note('checkout')}`, { name: 'checkout', volumeMounts }),
        container(
          `${note('worker')}; trap "echo told > /dev/termination-log; exit 0" TERM; while :; do sleep 0.1; done`,
          {
            name: 'worker',
            volumeMounts,
            restartPolicy: 'Always',
          },
        ),
      ],
      containers: [
        container(
          `until grep -q worker /shared/order; do sleep 0.05; done; ${note('coordinator')}; sleep 0.3; cat /shared/order`,
          { volumeMounts },
        ),
      ],
    });
    const initialized = await awaitPod(bench.client, namespace, pod, isRunning);
    expect(initialized.status.initContainerStatuses).toMatchObject([
      { ready: true, started: false, state: { terminated: { exitCode: 0 } } },
      { ready: true, started: true, state: { running: {} } },
    ]);
    const { status } = await awaitPod(bench.client, namespace, pod, hasEnded);
    expect(status.phase).toBe('Succeeded');
    expect(status.initContainerStatuses?.[1]?.state.terminated).toMatchObject({ exitCode: 0, message: 'told\n' });
    const { text } = await bench.client.send('GET', `${path}/${pod}/log?container=main`);
    expect(text).toBe('checkout\nworker\ncoordinator\n');
  });

  it('do not start where an init container has failed', async () => {
    const pod = await bench.create({
      initContainers: [container('exit 9', { name: 'first' }), { ...idle('side', 'base:1'), restartPolicy: 'Always' }],
      containers: [container('true')],
    });
    const { status } = await awaitPod(bench.client, namespace, pod, hasEnded);
    expect(status).toMatchObject({
      phase: 'Failed',
      initContainerStatuses: [
        { state: { terminated: { exitCode: 9 } } },
        { state: { waiting: { reason: 'PodInitializing' } } },
      ],
      containerStatuses: [{ state: { waiting: { reason: 'PodInitializing' } } }],
    });
  });

  it('wait for a secret that there is not', async () => {
    const env = [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'absent', key: 'token' } } }];
    const pod = await bench.create({ containers: [container('true', { env })] });
    await awaitPod(bench.client, namespace, pod, ({ status }) => {
      const waiting = status.containerStatuses?.[0]?.state.waiting;
      return waiting?.reason === 'CreateContainerConfigError' && waiting.message === 'secret "absent" not found';
    });
  });

  it('that are sidecars start again: at once, and later after a wait', async () => {
    const pod = await bench.create({
      initContainers: [{ ...container('exit 5'), name: 'side', restartPolicy: 'Always' }],
      containers: [idle('main', 'base:1')],
    });
    const { status } = await awaitPod(bench.client, namespace, pod, ({ status }) => {
      const side = status.initContainerStatuses?.[0];
      return side !== undefined && side.restartCount >= 2 && side.state.waiting?.reason === 'CrashLoopBackOff';
    });
    expect(status.initContainerStatuses?.[0]?.lastState.terminated).toMatchObject({ exitCode: 5, reason: 'Error' });
  });

  it('are added to a running pod, and share its volumes', async () => {
    const volumeMounts = [{ name: 'shared', mountPath: '/shared' }];
    const pod = await bench.create({
      volumes: [{ name: 'shared', emptyDir: {} }],
      containers: [{ ...idle('main', 'base:1'), volumeMounts }],
    });
    await awaitPod(bench.client, namespace, pod, isRunning);
    const added = (name: string, script: string) =>
      bench.client.send(
        'PATCH',
        `${path}/${pod}/ephemeralcontainers`,
        { spec: { ephemeralContainers: [{ ...container(script, { image: 'box:1' }), name, volumeMounts }] } },
        'application/strategic-merge-patch+json',
      );
    expect((await added('step-1', 'echo one > /shared/file')).code).toBe(200);
    await awaitPod(
      bench.client,
      namespace,
      pod,
      ({ status }) => status.ephemeralContainerStatuses?.[0]?.state.terminated !== undefined,
    );
    expect((await added('step-2', 'cat /shared/file; exit 6')).code).toBe(200);
    const { status, spec } = await awaitPod(
      bench.client,
      namespace,
      pod,
      ({ status }) => status.ephemeralContainerStatuses?.[1]?.state.terminated !== undefined,
    );
    expect(spec.ephemeralContainers?.map(({ name }) => name)).toEqual(['step-1', 'step-2']);
    expect(status.ephemeralContainerStatuses?.map(({ state }) => state.terminated?.exitCode)).toEqual([0, 6]);
    expect((await bench.client.send('GET', `${path}/${pod}/log?container=step-2`)).text).toBe('one\n');
    const changed = await added('step-2', 'true');
    expect([changed.code, changed.text]).toEqual([
      422,
      expect.stringContaining('existing ephemeral containers may not be changed'),
    ]);
  });
});
