import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { RawClient } from '@danube/test-support/kubernetes/raw-client.js';
import { StandInCluster } from '@danube/test-support/kubernetes/stand-in-cluster.js';
import { awaitPod, isRunning, podManifest } from '@danube/test-support/kubernetes/test-pods.js';
import { namespace, path } from './pod-bench.js';

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // it has just ended
  }
}

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
