import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawClient } from '@danube/test-support/kubernetes/raw-client.js';
import { StandInCluster } from '@danube/test-support/kubernetes/stand-in-cluster.js';
import {
  awaitPod,
  hasEnded,
  idle,
  isRunning,
  podManifest,
  type ContainerManifest,
  type PodManifest,
} from '@danube/test-support/kubernetes/test-pods.js';

const namespace = 'danube-jobs';
const path = `/api/v1/namespaces/${namespace}/pods`;
const sdk = fileURLToPath(new URL('../../../sdk/src', import.meta.url));

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // it has just ended
  }
}

const asRoot = process.getuid?.() === 0;

describe('containers of the stand-in', () => {
  let cluster: StandInCluster;
  let client: RawClient;
  let count = 0;

  beforeAll(async () => {
    cluster = await StandInCluster.start({
      images: { 'base:1': 'host', 'box:1': 'busybox', 'empty:1': 'no-shell' },
      namespaces: [namespace],
      extraMounts: { '/opt/danube/sdk': sdk },
      users: [{ name: 'danube', uid: 10_001, home: '/home/danube' }],
      restartMs: 200,
      resyncMs: 50,
    });
    client = new RawClient(cluster.kubeconfig);
  });
  afterAll(() => cluster.stop());

  async function create(spec: PodManifest): Promise<string> {
    count += 1;
    const name = `pod-${count}`;
    const answer = await client.send('POST', path, podManifest(name, spec));
    expect([answer.code, answer.text]).toEqual([201, expect.any(String)]);
    return name;
  }

  const container = (script: string, more: Partial<ContainerManifest> = {}): ContainerManifest => ({
    name: 'main',
    image: 'base:1',
    command: ['sh', '-c', script],
    ...more,
  });

  async function logOf(spec: PodManifest, name = 'main'): Promise<string> {
    const pod = await create(spec);
    await awaitPod(client, namespace, pod, hasEnded);
    return (await client.send('GET', `${path}/${pod}/log?container=${name}`)).text;
  }

  it('see nothing of this machine but its programs', async () => {
    const home = process.env['HOME'] ?? '/root';
    const script = `ls -d ${process.cwd()} ${sdk}; ls -A ${home} /tmp /run /home; ls /opt/danube/sdk; echo processes: $(ls /proc | grep -c '^[0-9]')`;
    const log = await logOf({ containers: [container(script)] });
    expect(log).toContain(`cannot access '${sdk}'`);
    expect(log).toContain('danube\n');
    expect(log).toMatch(/processes: [1-5]\n/);
  });

  it('cannot write to what is of this machine', async () => {
    const log = await logOf({
      containers: [container('touch /usr/x; touch /etc/x; touch /opt/danube/sdk/x; touch /tmp/x && echo mine')],
    });
    expect(log.match(/Read-only file system/g)).toHaveLength(3);
    expect(log).toContain('mine');
  });

  it('take command, args, env and working directory', async () => {
    const log = await logOf({
      containers: [
        container('', {
          command: ['sh', '-c', 'pwd; echo $0 $1; echo $GREETING; hostname'],
          args: ['$(NAME)', '$(ABSENT)$$(NAME)'],
          env: [
            { name: 'NAME', value: 'danube' },
            { name: 'GREETING', value: 'hello $(NAME)' },
          ],
          workingDir: '/work/place',
        }),
      ],
    });
    expect(log).toBe(`/work/place\ndanube $(ABSENT)$(NAME)\nhello danube\npod-${count}\n`);
  });

  it.runIf(asRoot)('have the user, the groups and only the capabilities that the pod says', async () => {
    const script = 'id -u; id -g; id -G; grep -E "CapEff|CapBnd|NoNewPrivs" /proc/self/status; echo ~';
    const dropped = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
    const security = { runAsUser: 10_001, runAsGroup: 10_002, fsGroup: 10_003, supplementalGroups: [10_004] };
    const none = '0000000000000000';
    const asUser = await logOf({
      securityContext: security,
      containers: [container(script, { securityContext: dropped })],
    });
    expect(asUser.replaceAll('\t', ' ')).toBe(
      `10001\n10002\n10002 10003 10004\nCapEff: ${none}\nCapBnd: ${none}\nNoNewPrivs: 1\n/home/danube\n`,
    );
    const asContainerRoot = await logOf({ containers: [container(script)] });
    expect(asContainerRoot).toContain('CapEff:\t00000000a80425fb');
  });

  it.runIf(asRoot)('make a root without capabilities respect permissions, also in an exec', async () => {
    const volumes = [{ name: 'shared', emptyDir: {} }];
    const volumeMounts = [{ name: 'shared', mountPath: '/shared' }];
    const security = { capabilities: { drop: ['ALL'] } };
    const pod = await create({
      volumes,
      initContainers: [
        container('umask 077; echo secret > /shared/file', {
          name: 'first',
          volumeMounts,
          securityContext: { runAsUser: 10_001 },
        }),
      ],
      containers: [{ ...idle('main', 'base:1'), volumeMounts, securityContext: security }],
    });
    await awaitPod(client, namespace, pod, isRunning);
    const exec = client.exec(namespace, pod, ['cat', '/shared/file'], { container: 'main' });
    await exec.closed;
    expect(exec.text(2)).toContain('Permission denied');
  });

  it.runIf(asRoot)('share volumes that the group of the pod may write', async () => {
    const volumeMounts = [{ name: 'shared', mountPath: '/shared/deep' }];
    const log = await logOf({
      securityContext: { runAsUser: 10_001, runAsGroup: 10_001, fsGroup: 10_005 },
      volumes: [{ name: 'shared', emptyDir: {} }],
      initContainers: [container('stat -c "%a %g" /shared/deep > /shared/deep/note', { name: 'first', volumeMounts })],
      containers: [container('cat /shared/deep/note; stat -c %g /shared/deep/note', { volumeMounts, image: 'box:1' })],
    });
    expect(log).toBe('2777 10005\n10005\n');
  });

  it('are refused as root where that is forbidden', async () => {
    const pod = await create({ containers: [container('true', { securityContext: { runAsNonRoot: true } })] });
    const { status } = await awaitPod(
      client,
      namespace,
      pod,
      ({ status }) => status.containerStatuses?.[0]?.state.waiting?.reason === 'CreateContainerConfigError',
    );
    expect(status.phase).toBe('Pending');
  });

  it('say why a program that is not there does not start', async () => {
    const pod = await create({ containers: [container('', { image: 'empty:1', command: ['/bin/sh'] })] });
    const { status } = await awaitPod(client, namespace, pod, hasEnded);
    expect(status.containerStatuses?.[0]?.state.terminated).toMatchObject({
      reason: 'StartError',
      exitCode: 128,
      message: expect.stringContaining('exec: "/bin/sh": stat /bin/sh: no such file or directory') as string,
    });
  });

  it('leave a message of at most 4096 bytes', async () => {
    const pod = await create({
      containers: [container('head -c 5000 /dev/zero | tr "\\0" x > /dev/termination-log; exit 3')],
    });
    const { status } = await awaitPod(client, namespace, pod, hasEnded);
    expect(status.containerStatuses?.[0]?.state.terminated).toMatchObject({ exitCode: 3, message: 'x'.repeat(4096) });
  });

  it('start in the order of the pod: init containers, sidecars, then the others', async () => {
    const volumeMounts = [{ name: 'shared', mountPath: '/shared' }];
    const note = (word: string) => `echo ${word} >> /shared/order`;
    const pod = await create({
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
    const initialized = await awaitPod(client, namespace, pod, isRunning);
    expect(initialized.status.initContainerStatuses).toMatchObject([
      { ready: true, started: false, state: { terminated: { exitCode: 0 } } },
      { ready: true, started: true, state: { running: {} } },
    ]);
    const { status } = await awaitPod(client, namespace, pod, hasEnded);
    expect(status.phase).toBe('Succeeded');
    expect(status.initContainerStatuses?.[1]?.state.terminated).toMatchObject({ exitCode: 0, message: 'told\n' });
    const { text } = await client.send('GET', `${path}/${pod}/log?container=main`);
    expect(text).toBe('checkout\nworker\ncoordinator\n');
  });

  it('do not start where an init container has failed', async () => {
    const pod = await create({
      initContainers: [container('exit 9', { name: 'first' }), { ...idle('side', 'base:1'), restartPolicy: 'Always' }],
      containers: [container('true')],
    });
    const { status } = await awaitPod(client, namespace, pod, hasEnded);
    expect(status).toMatchObject({
      phase: 'Failed',
      initContainerStatuses: [
        { state: { terminated: { exitCode: 9 } } },
        { state: { waiting: { reason: 'PodInitializing' } } },
      ],
      containerStatuses: [{ state: { waiting: { reason: 'PodInitializing' } } }],
    });
  });

  it('have the token of a service account unless the pod forbids it', async () => {
    const script = 'ls /var/run/secrets/kubernetes.io/serviceaccount';
    expect(await logOf({ containers: [container(script)] })).toBe('ca.crt\nnamespace\ntoken\n');
    const without = { automountServiceAccountToken: false, containers: [container(script)] };
    expect(await logOf(without)).toContain('No such file or directory');
  });

  it('wait for a secret that there is not', async () => {
    const env = [{ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'absent', key: 'token' } } }];
    const pod = await create({ containers: [container('true', { env })] });
    await awaitPod(client, namespace, pod, ({ status }) => {
      const waiting = status.containerStatuses?.[0]?.state.waiting;
      return waiting?.reason === 'CreateContainerConfigError' && waiting.message === 'secret "absent" not found';
    });
  });

  it('run busybox alone', async () => {
    expect(
      await logOf({
        containers: [container('echo $(ls / | tr "\\n" " "); which python3 git; id -u', { image: 'box:1' })],
      }),
    ).toMatch(/^bin dev etc .*\n0\n$/);
  });

  it('reach services of this machine', async () => {
    const server = createServer((socket) => socket.end('reached\n')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const script = `python3 -c "import socket; print(socket.create_connection(('127.0.0.1', ${port})).recv(100).decode())"`;
    expect(await logOf({ containers: [container(script)] })).toContain('reached');
    server.close();
  });

  it('that are sidecars start again: at once, and later after a wait', async () => {
    const pod = await create({
      initContainers: [{ ...container('exit 5'), name: 'side', restartPolicy: 'Always' }],
      containers: [idle('main', 'base:1')],
    });
    const { status } = await awaitPod(client, namespace, pod, ({ status }) => {
      const side = status.initContainerStatuses?.[0];
      return side !== undefined && side.restartCount >= 2 && side.state.waiting?.reason === 'CrashLoopBackOff';
    });
    expect(status.initContainerStatuses?.[0]?.lastState.terminated).toMatchObject({ exitCode: 5, reason: 'Error' });
  });

  it('are added to a running pod, and share its volumes', async () => {
    const volumeMounts = [{ name: 'shared', mountPath: '/shared' }];
    const pod = await create({
      volumes: [{ name: 'shared', emptyDir: {} }],
      containers: [{ ...idle('main', 'base:1'), volumeMounts }],
    });
    await awaitPod(client, namespace, pod, isRunning);
    const added = (name: string, script: string) =>
      client.send(
        'PATCH',
        `${path}/${pod}/ephemeralcontainers`,
        { spec: { ephemeralContainers: [{ ...container(script, { image: 'box:1' }), name, volumeMounts }] } },
        'application/strategic-merge-patch+json',
      );
    expect((await added('step-1', 'echo one > /shared/file')).code).toBe(200);
    await awaitPod(
      client,
      namespace,
      pod,
      ({ status }) => status.ephemeralContainerStatuses?.[0]?.state.terminated !== undefined,
    );
    expect((await added('step-2', 'cat /shared/file; exit 6')).code).toBe(200);
    const { status, spec } = await awaitPod(
      client,
      namespace,
      pod,
      ({ status }) => status.ephemeralContainerStatuses?.[1]?.state.terminated !== undefined,
    );
    expect(spec.ephemeralContainers?.map(({ name }) => name)).toEqual(['step-1', 'step-2']);
    expect(status.ephemeralContainerStatuses?.map(({ state }) => state.terminated?.exitCode)).toEqual([0, 6]);
    expect((await client.send('GET', `${path}/${pod}/log?container=step-2`)).text).toBe('one\n');
    const changed = await added('step-2', 'true');
    expect([changed.code, changed.text]).toEqual([
      422,
      expect.stringContaining('existing ephemeral containers may not be changed'),
    ]);
  });
});

it('leaves no process, mount or file behind', async () => {
  const cluster = await StandInCluster.start({ images: { 'base:1': 'host' }, namespaces: [namespace] });
  const client = new RawClient(cluster.kubeconfig);
  const marker = `sleep 6${process.pid}`;
  const script = `setsid ${marker} & trap '' TERM; while :; do ${marker}; done`;
  const manifest = podManifest('stubborn', {
    containers: [{ name: 'main', image: 'base:1', command: ['sh', '-c', script] }],
  });
  await client.send('POST', path, manifest);
  await awaitPod(client, namespace, 'stubborn', isRunning);
  const exec = client.exec(namespace, 'stubborn', ['sh', '-c', `echo on; ${marker}`]);
  await exec.opened;
  const alive = () => readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && commandOf(pid).startsWith(marker));
  while (alive().length < 3) await new Promise(setImmediate);
  await cluster.stop();
  expect(alive()).toEqual([]);
  expect(readFileSync('/proc/mounts', 'utf8')).not.toContain('danube-kubernetes-');
  expect(() => readFileSync(cluster.kubeconfig)).toThrow('ENOENT');
});
