import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawClient, type RawExec } from '@danube/test-support/kubernetes/raw-client.js';
import { readRecording } from '@danube/test-support/kubernetes/recordings.js';
import { StandInCluster } from '@danube/test-support/kubernetes/stand-in-cluster.js';
import { awaitPod, idle, isRunning, podManifest } from '@danube/test-support/kubernetes/test-pods.js';

const namespace = 'danube-jobs';
type Recorded = readonly object[];
const { nopod, ...byProtocol } = readRecording<Record<string, Record<string, Recorded>> & { nopod: Recorded }>(
  'exec-frames',
);

const sh = (script: string) => ['/bin/sh', '-c', script];
const commands: Readonly<Record<string, readonly string[]>> = {
  ok: sh('echo out; echo err >&2'),
  exit3: sh('echo before; exit 3'),
  signal: sh('kill -9 $$'),
  notfound: ['/no/such'],
  utf8split: sh("printf '\\303'; sleep 0.3; printf '\\251\\n'"),
  badcontainer: sh('true'),
  stdin: ['cat'],
};
const scenarios = Object.entries(byProtocol).flatMap(([protocol, recorded]) =>
  Object.entries(recorded).map(([name, frames]) => [protocol, name, frames] as const),
);

/** Frames of both outputs come in any order; identifiers are of one run. */
function comparable(frames: Recorded): object[] {
  const text = JSON.stringify(frames).replaceAll(/[0-9a-f]{64}/g, '<id>');
  return (JSON.parse(text) as { channel?: number; data?: string }[]).sort((a, b) =>
    a.data && b.data && a.channel !== 3 && b.channel !== 3 ? (a.channel ?? 0) - (b.channel ?? 0) : 0,
  );
}

async function noted(exec: RawExec): Promise<object[]> {
  const closed = await exec.closed;
  return 'httpStatus' in closed ? [closed] : [{ open: await exec.opened }, ...exec.frames, closed];
}

describe('exec', () => {
  let cluster: StandInCluster;
  let client: RawClient;

  beforeAll(async () => {
    cluster = await StandInCluster.start({ images: { 'base:1': 'host' }, namespaces: [namespace] });
    client = new RawClient(cluster.kubeconfig);
    const containers = [idle('main', 'base:1'), { name: 'absent', image: 'nope:1' }];
    await client.send('POST', `/api/v1/namespaces/${namespace}/pods`, podManifest('exec-target', { containers }));
    await awaitPod(client, namespace, 'exec-target', ({ status }) => status.containerStatuses?.[0]?.started === true);
  });
  afterAll(() => cluster.stop());

  const exec = (command: readonly string[], options: Parameters<RawClient['exec']>[3] = {}) =>
    client.exec(namespace, 'exec-target', command, { container: 'main', ...options });

  it.each(scenarios)('sends the frames of the recording: %s %s', async (protocol, name, recorded) => {
    const container = name === 'badcontainer' ? 'nope' : 'main';
    const running = exec(commands[name] ?? [], { container, protocol, stdin: name === 'stdin' });
    if (name === 'stdin') {
      await running.opened;
      running.write(0, 'hello');
      running.write(255, Buffer.from([0]));
    }
    expect(comparable(await noted(running))).toEqual(comparable(recorded));
  });

  it('refuses a pod that there is not', async () => {
    expect(await noted(client.exec(namespace, 'absent', ['true']))).toEqual(nopod);
  });

  it('says that a container does not run: to v4 in place of the upgrade, to v5 as its end', async () => {
    const v5 = await noted(exec(['true'], { container: 'absent' }));
    expect(v5).toEqual([
      { open: 'v5.channel.k8s.io' },
      { channel: 1, data: '' },
      { channel: 3, data: expect.stringContaining('container not found (\\"absent\\")') as string },
      { close: 1000, reason: '' },
    ]);
    const v4 = await noted(exec(['true'], { container: 'absent', protocol: 'v4.channel.k8s.io' }));
    expect(v4).toEqual([{ httpStatus: 500, body: 'container not found ("absent")' }]);
  });

  it('has the program that a name without a slash means, or not', async () => {
    const running = exec(['no-such-program']);
    await running.closed;
    expect(running.text(3)).toContain('executable file not found in $PATH');
  });

  it('answers a ping', async () => {
    const running = exec(['cat'], { stdin: true });
    await running.opened;
    running.socket.ping();
    await once(running.socket, 'pong');
    running.write(255, Buffer.from([0]));
    await running.closed;
  });

  it('carries much in both directions, byte for byte', async () => {
    const sent = Buffer.alloc(3_000_000, 'abcdefghij\u00e9', 'latin1');
    const running = exec(['cat'], { stdin: true });
    await running.opened;
    for (let at = 0; at < sent.length; at += 30_000) running.write(0, sent.subarray(at, at + 30_000));
    running.write(255, Buffer.from([0]));
    await running.closed;
    expect(running.text(1) === sent.toString('latin1')).toBe(true);
  });

  it('lasts as long as anybody in the container holds its output, and not longer', async () => {
    const holds = exec(sh('(sleep 0.4; echo late) & echo soon'));
    await holds.closed;
    expect(holds.text(1)).toBe('soon\nlate\n');
    const detached = exec(sh('setsid sleep 30 >/dev/null 2>&1 </dev/null & echo soon'));
    await detached.closed;
    expect(detached.text(1)).toBe('soon\n');
  });

  it('gives the program an output that can be opened again', async () => {
    const running = exec(sh('echo once > /dev/stdout; echo twice > /dev/stderr'));
    await running.closed;
    expect([running.text(1), running.text(2)]).toEqual(['once\n', 'twice\n']);
  });

  it('ends with the container', async () => {
    const manifest = podManifest('short', { containers: [idle('main', 'base:1')] });
    await client.send('POST', `/api/v1/namespaces/${namespace}/pods`, manifest);
    await awaitPod(client, namespace, 'short', isRunning);
    const running = client.exec(namespace, 'short', sh('echo on; exec sleep 60'));
    while (running.text(1) === '') await once(running.socket, 'message');
    await cluster.faults.deletePod({ name: 'short' });
    expect(await running.closed).toEqual({ close: 1000, reason: '' });
    expect(running.text(3)).toContain('exit code 137');
  });
});
