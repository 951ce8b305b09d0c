import { isDeepStrictEqual } from 'node:util';
import { rm } from 'node:fs/promises';
import type { Images } from '../container/images.js';
import { timestamp, type Container, type Pod } from '../types.js';
import { PodContainer, type ContainerKind, type ContainerPlace } from './container.js';
import { createContainer, podLabel } from './create-container.js';
import type { PodFolders } from './pod-folders.js';
import { podStatus, type PodFacts } from './pod-status.js';

/** What a worker needs of the node that it is on. */
export interface PodHost {
  readonly images: Images;
  readonly restartMs: number;
  readonly resyncMs: number;
  podIp(): string;
  /** The object as it is now; undefined once it is gone. */
  read(pod: Pod): Pod | undefined;
  write(pod: Pod): void;
}

type Failure = NonNullable<PodFacts['failure']>;

/** Sidecars get at least this, whatever the other containers have used of the time. */
const leastSidecarGraceMs = 2000;

/** Runs one pod, from the emptyDirs to the last process, and writes its status. */
export class PodWorker {
  readonly #containers: PodContainer[];
  readonly #startTime = timestamp();
  #generation: number;
  #podIP: string | undefined;
  #sandboxReady = false;
  #down = false;
  #abandoned = false;
  #silent = false;
  #failure: Failure | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #ending: Promise<void> | undefined;

  constructor(
    private readonly pod: Pod,
    private readonly host: PodHost,
    readonly folders: PodFolders,
  ) {
    this.#generation = pod.metadata.generation ?? 1;
    const { initContainers = [], containers } = pod.spec;
    this.#containers = [
      ...initContainers.map((spec) => this.#make(spec.restartPolicy === 'Always' ? 'sidecar' : 'init', spec)),
      ...containers.map((spec) => this.#make('main', spec)),
    ];
  }

  /** All of it has ended, and will not start again. */
  get isDown(): boolean {
    return this.#down;
  }

  container(name: string): PodContainer | undefined {
    return this.#containers.find(({ spec }) => spec.name === name);
  }

  async run(): Promise<void> {
    this.#publish();
    this.folders.make(this.pod);
    this.#watchDeadline();
    this.#sandboxReady = true;
    this.#publish();
    await this.#runContainers();
    if (!this.#ending) await this.#complete();
  }

  /** Ends it from outside; repeated calls wait for the same end, and a shorter time holds. */
  end(graceMs: number, failure?: Failure): Promise<void> {
    this.#ending ??= this.#end(graceMs, failure);
    if (graceMs === 0) this.killAll();
    return this.#ending;
  }

  /** Kills every process at once and says nothing about it, as when the node is lost. */
  vanish(): Promise<void> {
    this.#silent = true;
    return this.end(0);
  }

  killAll(): void {
    for (const container of this.#containers) container.kill();
  }

  async startEphemeral(spec: Container): Promise<void> {
    if (this.#ending || this.#down) return;
    const container = this.#make('ephemeral', spec);
    this.#containers.push(container);
    this.#generation += 1;
    await container.start();
    this.#publish();
  }

  async remove(): Promise<void> {
    await rm(this.folders.folder, { recursive: true, force: true });
  }

  async #runContainers(): Promise<void> {
    for (const container of this.#of('init', 'sidecar')) {
      await container.start();
      if (this.#ending) return;
      this.#podIP ??= this.host.podIp();
      this.#publish();
      await Promise.race([container.ended, ...(container.kind === 'sidecar' ? [container.ran] : [])]);
      if (this.#ending) return;
      if (container.kind === 'sidecar') continue;
      if (container.state.terminated?.exitCode !== 0) return;
    }
    const main = this.#of('main');
    await Promise.all(main.map((container) => container.start()));
    if (this.#ending) return;
    this.#podIP ??= this.host.podIp();
    this.#publish();
    await Promise.all(main.map(({ ended }) => ended));
  }

  /** The containers have ended by themselves. */
  async #complete(): Promise<void> {
    clearTimeout(this.#deadline);
    const sidecars = this.#of('sidecar');
    this.#silent = true;
    await this.#stop([...sidecars].reverse(), this.#graceMs());
    await this.#stop(this.#of('ephemeral'), 0);
    if (this.#ending) return;
    this.#silent = false;
    if (sidecars.length > 0) this.#sandboxReady = false;
    this.#publish();
    this.#takeDown();
  }

  async #end(graceMs: number, failure?: Failure): Promise<void> {
    clearTimeout(this.#deadline);
    const silent = this.#silent;
    this.#failure = failure;
    if (!failure) this.#generation = this.host.read(this.pod)?.metadata.generation ?? this.#generation;
    for (const container of this.#containers) container.forgetReason();
    this.#publish();
    this.#silent = true;
    const started = Date.now();
    await this.#stop(this.#of('init', 'main', 'ephemeral'), graceMs);
    const left = Math.max(graceMs - (Date.now() - started), Math.min(graceMs, leastSidecarGraceMs));
    await this.#stop(this.#of('sidecar').reverse(), left);
    this.#silent = silent;
    this.#takeDown();
    this.#abandoned = true;
    this.#publish();
  }

  #takeDown(): void {
    this.#sandboxReady = false;
    this.#down = true;
    this.#publish();
  }

  async #stop(containers: readonly PodContainer[], graceMs: number): Promise<void> {
    await Promise.all(containers.map((container) => container.stop(graceMs)));
  }

  #of(...kinds: ContainerKind[]): PodContainer[] {
    return this.#containers.filter(({ kind }) => kinds.includes(kind));
  }

  #graceMs(): number {
    return this.pod.spec.terminationGracePeriodSeconds * 1000;
  }

  #watchDeadline(): void {
    const seconds = this.pod.spec.activeDeadlineSeconds;
    if (seconds === undefined) return;
    const failure = {
      reason: 'DeadlineExceeded',
      message: 'Pod was active on the node longer than the specified deadline',
    };
    this.#deadline = setTimeout(() => void this.end(this.#graceMs(), failure), seconds * 1000);
  }

  #publish(): void {
    if (this.#silent) return;
    const current = this.host.read(this.pod);
    if (!current) return;
    const status = podStatus(current, {
      generation: this.#generation,
      startTime: this.#startTime,
      podIP: this.#podIP,
      sandboxReady: this.#sandboxReady,
      init: this.#of('init', 'sidecar').map((container) => container.status),
      main: this.#of('main').map((container) => container.status),
      ephemeral: this.#of('ephemeral').map((container) => container.status),
      failure: this.#failure,
      down: this.#down,
      abandoned: this.#abandoned,
    });
    if (!isDeepStrictEqual(status, current.status)) this.host.write({ ...current, status });
  }

  #make(kind: ContainerKind, spec: Container): PodContainer {
    const policy = this.pod.spec.restartPolicy;
    const restarts = (exitCode: number) => {
      if (kind === 'sidecar') return true;
      if (kind === 'ephemeral' || policy === 'Never') return false;
      return exitCode !== 0 || (kind === 'main' && policy === 'Always');
    };
    const reason = this.pod.spec.initContainers?.length ? 'PodInitializing' : 'ContainerCreating';
    return new PodContainer(kind, spec, restarts, this.#place(), reason);
  }

  #place(): ContainerPlace {
    return {
      podLabel: podLabel(this.pod),
      restartMs: this.host.restartMs,
      resyncMs: this.host.resyncMs,
      launch: (container) => createContainer(this.pod, container, this.host.images, this.folders),
      imageId: ({ image }) => this.host.images.id(image),
      terminationMessage: (container, exitCode) => this.folders.terminationMessage(container, exitCode),
      changed: () => {
        for (const container of this.#containers) container.resync();
        this.#publish();
      },
    };
  }
}
