import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awaitPod, idle, isRunning } from '@danube/test-support/kubernetes/test-pods.js';
import { container, namespace, PodBench } from './pod-bench.js';

const sdk = fileURLToPath(new URL('../../../sdk/src', import.meta.url));
const asRoot = process.getuid?.() === 0;

describe('containers of the stand-in', () => {
  let bench: PodBench;

  beforeAll(async () => {
    bench = await PodBench.open({
      extraMounts: { '/opt/danube/sdk': sdk },
      users: [{ name: 'danube', uid: 10_001, home: '/home/danube' }],
    });
  });
  afterAll(() => bench.close());

  it('see nothing of this machine but its programs', async () => {
    const home = process.env['HOME'] ?? '/root';
    const script = `ls -d ${process.cwd()} ${sdk}; ls -A ${home} /tmp /run /home; ls /opt/danube/sdk; echo processes: $(ls /proc | grep -c '^[0-9]')`;
    const log = await bench.logOf({ containers: [container(script)] });
    expect(log).toContain(`cannot access '${sdk}'`);
    expect(log).toContain('danube\n');
    expect(log).toMatch(/processes: [1-5]\n/);
  });

  it('do not start while a sidecar before them cannot', async () => {
    const pod = await bench.create({
      initContainers: [{ ...idle('worker', 'absent:1'), restartPolicy: 'Always' }],
      containers: [container('true')],
    });
    const seen = await awaitPod(bench.client, namespace, pod, ({ status }) =>
      (status.initContainerStatuses ?? []).some(({ state }) => state.waiting?.reason === 'ImagePullBackOff'),
    );
    expect(seen.status.containerStatuses?.[0]?.state).toEqual({ waiting: { reason: 'PodInitializing' } });
  });

  it('cannot write to what is of this machine', async () => {
    const log = await bench.logOf({
      containers: [container('touch /usr/x; touch /etc/x; touch /opt/danube/sdk/x; touch /tmp/x && echo mine')],
    });
    expect(log.match(/Read-only file system/g)).toHaveLength(3);
    expect(log).toContain('mine');
  });

  it('take command, args, env and working directory', async () => {
    const log = await bench.logOf({
      containers: [
        container('', {
          command: ['sh', '-c', 'pwd; echo $0 $1; echo $GREETING; hostname | cut -c 1-4'],
          args: ['$(NAME)', '$(ABSENT)$$(NAME)'],
          env: [
            { name: 'NAME', value: 'danube' },
            { name: 'GREETING', value: 'hello $(NAME)' },
          ],
          workingDir: '/srv/place',
        }),
      ],
    });
    expect(log).toBe(`/srv/place\ndanube $(ABSENT)$(NAME)\nhello danube\npod-\n`);
  });

  it.runIf(asRoot)('have the user, the groups and only the capabilities that the pod says', async () => {
    const script = 'id -u; id -g; id -G; grep -E "CapEff|CapBnd|NoNewPrivs" /proc/self/status; echo ~';
    const dropped = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
    const security = { runAsUser: 10_001, runAsGroup: 10_002, fsGroup: 10_003, supplementalGroups: [10_004] };
    const none = '0000000000000000';
    const asUser = await bench.logOf({
      securityContext: security,
      containers: [container(script, { securityContext: dropped })],
    });
    expect(asUser.replaceAll('\t', ' ')).toBe(
      `10001\n10002\n10002 10003 10004\nCapEff: ${none}\nCapBnd: ${none}\nNoNewPrivs: 1\n/home/danube\n`,
    );
    const asContainerRoot = await bench.logOf({ containers: [container(script)] });
    expect(asContainerRoot).toContain('CapEff:\t00000000a80425fb');
  });

  it.runIf(asRoot)('make a root without capabilities respect permissions, also in an exec', async () => {
    const volumes = [{ name: 'shared', emptyDir: {} }];
    const volumeMounts = [{ name: 'shared', mountPath: '/shared' }];
    const security = { capabilities: { drop: ['ALL'] } };
    const pod = await bench.create({
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
    await awaitPod(bench.client, namespace, pod, isRunning);
    const exec = bench.client.exec(namespace, pod, ['cat', '/shared/file'], { container: 'main' });
    await exec.closed;
    expect(exec.text(2)).toContain('Permission denied');
  });

  it.runIf(asRoot)('share volumes that the group of the pod may write', async () => {
    const volumeMounts = [{ name: 'shared', mountPath: '/shared/deep' }];
    const log = await bench.logOf({
      securityContext: { runAsUser: 10_001, runAsGroup: 10_001, fsGroup: 10_005 },
      volumes: [{ name: 'shared', emptyDir: {} }],
      initContainers: [container('stat -c "%a %g" /shared/deep > /shared/deep/note', { name: 'first', volumeMounts })],
      containers: [container('cat /shared/deep/note; stat -c %g /shared/deep/note', { volumeMounts, image: 'box:1' })],
    });
    expect(log).toBe('2777 10005\n10005\n');
  });

  it('are refused as root where that is forbidden', async () => {
    const pod = await bench.create({ containers: [container('true', { securityContext: { runAsNonRoot: true } })] });
    const { status } = await awaitPod(
      bench.client,
      namespace,
      pod,
      ({ status }) => status.containerStatuses?.[0]?.state.waiting?.reason === 'CreateContainerConfigError',
    );
    expect(status.phase).toBe('Pending');
  });

  it('have the token of a service account unless the pod forbids it', async () => {
    const script = 'ls /var/run/secrets/kubernetes.io/serviceaccount';
    expect(await bench.logOf({ containers: [container(script)] })).toBe('ca.crt\nnamespace\ntoken\n');
    const without = { automountServiceAccountToken: false, containers: [container(script)] };
    expect(await bench.logOf(without)).toContain('No such file or directory');
  });

  it('run busybox alone', async () => {
    expect(
      await bench.logOf({
        containers: [container('echo $(ls / | tr "\\n" " "); which python3 git; id -u', { image: 'box:1' })],
      }),
    ).toMatch(/^bin dev etc .*\n0\n$/);
  });

  it('reach services of this machine', async () => {
    const server = createServer((socket) => socket.end('reached\n')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const script = `python3 -c "import socket; print(socket.create_connection(('127.0.0.1', ${port})).recv(100).decode())"`;
    expect(await bench.logOf({ containers: [container(script)] })).toContain('reached');
    server.close();
  });
});
