import { randomBytes } from 'node:crypto';
import type { Launcher } from '../container/launcher.js';
import { timestamp, type Container, type ContainerState, type ContainerStatus } from '../types.js';
import { crashLoop, notCreated, type CannotCreate, type Waiting } from './container-states.js';

export type ContainerKind = 'init' | 'sidecar' | 'main' | 'ephemeral';

/** What a container needs of the pod that it is in. */
export interface ContainerPlace {
  /** Starts the program, or says why the container cannot be made. */
  launch(container: Container): Launcher | CannotCreate;
  imageId(container: Container): string;
  terminationMessage(container: Container, exitCode: number): string | undefined;
  /** The state is another one, and has to be made known. */
  changed(): void;
  readonly podLabel: string;
  /** How long a container that fails again waits for its next start. */
  readonly restartMs: number;
  /** How long until the kubelet looks at a pod again if nothing happens. */
  readonly resyncMs: number;
}

/** One container with its processes, as the kubelet keeps it: started, waited for, started again where its policy says so. */
export class PodContainer {
  state: ContainerState;
  lastState: ContainerState = {};
  restartCount = 0;
  /** Resolves when it has ended for good. */
  readonly ended: Promise<void>;
  /** Resolves when it runs for the first time. */
  readonly ran: Promise<void>;
  #launcher: Launcher | undefined;
  #containerId: string | undefined;
  #imageId = '';
  #startedAt = '';
  #next: Waiting | undefined;
  #retry: NodeJS.Timeout | undefined;
  #resync: NodeJS.Timeout | undefined;
  #starting: Promise<void> | undefined;
  #stopping = false;
  #killedBecause: string | undefined;
  #end!: () => void;
  #run!: () => void;

  constructor(
    readonly kind: ContainerKind,
    readonly spec: Container,
    private readonly restarts: (exitCode: number) => boolean,
    private readonly place: ContainerPlace,
    private readonly initialReason: string,
  ) {
    this.state = { waiting: { reason: initialReason } };
    this.ended = new Promise((resolve) => (this.#end = resolve));
    this.ran = new Promise((resolve) => (this.#run = resolve));
  }

  /** Process 1, while there is one. */
  get pid(): number | undefined {
    return this.state.running ? this.#launcher?.pid : undefined;
  }

  get containerId(): string {
    return this.#containerId ?? '';
  }

  /** Answers once it runs, or it is known that it does not. */
  async start(): Promise<void> {
    this.#starting = this.#start();
    await this.#starting;
  }

  async #start(): Promise<void> {
    const launched = this.place.launch(this.spec);
    if ('waiting' in launched) {
      this.state = { waiting: launched.waiting };
      if (launched.then) this.#showLater(launched.then);
      return;
    }
    this.#launcher = launched;
    const outcome = await launched.start;
    this.#containerId = `containerd://${randomBytes(32).toString('hex')}`;
    this.#imageId = this.place.imageId(this.spec);
    this.#startedAt = timestamp();
    if (outcome.started) {
      this.state = { running: { startedAt: this.#startedAt } };
      this.#run();
      void launched.exit.then((code) => this.#ended(code));
    } else {
      this.#notStarted(notCreated(outcome.error, this.#containerId));
    }
  }

  #notStarted({ terminated, waiting }: ReturnType<typeof notCreated>): void {
    this.state = { terminated };
    if (this.#stopping || !this.restarts(terminated.exitCode)) return this.#end();
    this.lastState = this.state;
    this.state = { waiting };
    this.#backOff();
  }

  #ended(exitCode: number): void {
    const message = this.place.terminationMessage(this.spec, exitCode);
    this.state = {
      terminated: {
        exitCode,
        reason: this.#killedBecause ?? (exitCode === 0 ? 'Completed' : 'Error'),
        ...(message !== undefined && { message }),
        startedAt: this.#startedAt,
        finishedAt: timestamp(),
        ...(this.#containerId !== undefined && { containerID: this.#containerId }),
      },
    };
    this.#killedBecause = undefined;
    const again = !this.#stopping && this.restarts(exitCode);
    if (!again) this.#end();
    this.place.changed();
    if (again) this.#restart();
  }

  /** At once the first time, later after a wait that shows as CrashLoopBackOff. */
  #restart(): void {
    if (this.restartCount === 0) return void this.#tryAgain();
    this.#backOff();
  }

  #backOff(): void {
    this.#showLater(crashLoop(this.spec.name, this.place.podLabel));
    if (!this.#stopping) this.#retry = setTimeout(() => void this.#tryAgain(), this.place.restartMs);
  }

  async #tryAgain(): Promise<void> {
    this.restartCount += 1;
    if (this.state.terminated) this.lastState = this.state;
    this.#next = undefined;
    await this.start();
    this.place.changed();
  }

  #showLater(waiting: Waiting): void {
    this.#next = waiting;
    if (!this.#stopping) this.#resync = setTimeout(() => this.place.changed(), this.place.resyncMs);
  }

  /** The kubelet has looked at the pod again, for whatever reason: the container waits for another one now. */
  resync(): void {
    if (!this.#next) return;
    clearTimeout(this.#resync);
    if (this.state.terminated) this.lastState = this.state;
    this.state = { waiting: this.#next };
    this.#next = undefined;
  }

  /** Kills all its processes; the state will say `reason`. */
  kill(reason?: string): void {
    this.#killedBecause = reason;
    this.#launcher?.kill('SIGKILL');
  }

  /** Ends it as the kubelet does: TERM, and KILL when the time is over. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#retry);
    clearTimeout(this.#resync);
    this.#next = undefined;
    await this.#starting;
    if (!this.state.running) return this.#end();
    if (graceMs > 0) this.#launcher?.kill('SIGTERM');
    const timer = setTimeout(() => this.#launcher?.kill('SIGKILL'), graceMs);
    await this.ended;
    clearTimeout(timer);
  }

  /** A pod that is being ended shows no longer why a container of it is waiting. */
  forgetReason(): void {
    if (this.state.waiting) this.state = { waiting: { reason: this.initialReason } };
  }

  get status(): ContainerStatus {
    const { name, image, volumeMounts, resources = {} } = this.spec;
    const running = this.state.running !== undefined;
    const ended = this.state.terminated?.exitCode === 0;
    return {
      name,
      state: this.state,
      lastState: this.lastState,
      ready: this.kind === 'init' ? ended : this.kind !== 'ephemeral' && running,
      restartCount: this.restartCount,
      image,
      imageID: this.#imageId,
      ...(this.#containerId !== undefined && { containerID: this.#containerId, resources }),
      ...(this.#containerId !== undefined && resources.requests && { allocatedResources: resources.requests }),
      ...(this.kind !== 'ephemeral' && { started: running }),
      ...(volumeMounts && { volumeMounts }),
    };
  }
}
