import type { Clock } from '../../../services/ports/clock.js';
import type { PodBounds } from '../state/pod-state.js';
import { stepContainerProblem } from '../state/step-container-problem.js';
import type { ObservedPod } from './pod-states.js';

/** The worker's last end explains the loss of a step that was noticed at about the same time, and no other. */
const recentMs = 60_000;
/** The kubelet tells the end of a container after its processes are gone. */
const explainMs = 5000;

const supervisorKilled = 'its supervisor was killed before it could record the end';

/** Finds the processes of one pod that will never record their end, and why. */
export class LostSteps {
  /** When the supervisor of a process was found to be gone. */
  readonly #gone = new Map<number, number>();

  constructor(
    private readonly clock: Clock,
    private readonly bounds: () => PodBounds,
  ) {}

  /** Its supervisor has ended without a record. */
  markGone(sequence: number): void {
    this.#gone.set(sequence, this.clock.now());
  }

  /** Why this process, which has not ended, never will; undefined while it may. To be asked again as time passes. */
  explain(sequence: number, { pod, state }: ObservedPod): string | undefined {
    const now = this.clock.now();
    const own = pod === undefined ? undefined : stepContainerProblem(pod, sequence, now, this.bounds());
    const goneAt = this.#gone.get(sequence);
    if (own !== undefined || goneAt === undefined) return own;
    const workerEnd = state.kind === 'running' && sequence > 0 ? state.workerEnd : undefined;
    if (workerEnd !== undefined && now - workerEnd.finishedAt < recentMs) return workerEnd.reason;
    return now - goneAt < explainMs ? undefined : supervisorKilled;
  }
}
