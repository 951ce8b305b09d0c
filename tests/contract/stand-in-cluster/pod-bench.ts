import { expect } from 'vitest';
import { RawClient } from '@danube/test-support/kubernetes/raw-client.js';
import { StandInCluster, type StandInOptions } from '@danube/test-support/kubernetes/stand-in-cluster.js';
import {
  awaitPod,
  hasEnded,
  podManifest,
  type ContainerManifest,
  type PodManifest,
} from '@danube/test-support/kubernetes/test-pods.js';

export const namespace = 'danube-jobs';
export const path = `/api/v1/namespaces/${namespace}/pods`;

/** A cluster and pods in it that count up. */
export class PodBench {
  readonly client: RawClient;
  #count = 0;

  private constructor(private readonly cluster: StandInCluster) {
    this.client = new RawClient(cluster.kubeconfig);
  }

  static async open(options: StandInOptions = {}): Promise<PodBench> {
    const images = { 'base:1': 'host', 'box:1': 'busybox', 'empty:1': 'no-shell' } as const;
    return new PodBench(await StandInCluster.start({ images, namespaces: [namespace], ...options }));
  }

  close(): Promise<void> {
    return this.cluster.stop();
  }

  /** Creates a pod and answers its name. */
  async create(spec: PodManifest): Promise<string> {
    this.#count += 1;
    const name = `pod-${this.#count}`;
    const answer = await this.client.send('POST', path, podManifest(name, spec));
    expect([answer.code, answer.text]).toEqual([201, expect.any(String)]);
    return name;
  }

  /** What the container `main` of a pod has written until the pod has ended. */
  async logOf(spec: PodManifest): Promise<string> {
    const pod = await this.create(spec);
    await awaitPod(this.client, namespace, pod, hasEnded);
    return (await this.client.send('GET', `${path}/${pod}/log?container=main`)).text;
  }
}

export function container(script: string, more: Partial<ContainerManifest> = {}): ContainerManifest {
  return { name: 'main', image: 'base:1', command: ['sh', '-c', script], ...more };
}
