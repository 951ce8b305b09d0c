import type { JobSource, JobTrigger } from '../../domain/job/job.js';
import type { PodOptions } from '../../domain/kubernetes/pod-options.js';
import type { CheckoutReport, RepositoryAccess } from './source-checkout.js';

/** Everything a runtime needs to start one job. */
export interface JobSpec {
  readonly jobId: string;
  readonly pipelineId: string;
  readonly pipelineName: string;
  readonly team: string;
  readonly source: JobSource;
  readonly trigger: JobTrigger;
  readonly pipelineFile: string;
  readonly cloneSubmodules: boolean;
  /** Commits of history; 0: all. */
  readonly cloneDepth: number;
  /** For the checkout only: no process of the job may see it. */
  readonly access: RepositoryAccess;
  /** Plain environment of the coordinator and of every step; never secrets. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether its steps have a network; for runtimes on this machine. */
  readonly network: boolean;
  /** For runtimes that put a job into a pod. */
  readonly pod: PodOptions;
  /** When it is killed, in milliseconds since the epoch; undefined where its pipeline lets it go on. */
  readonly deadlineAt: number | undefined;
  /** When the runtime may end it although no master asks, as `abandonAt` says; undefined: never. */
  readonly abandonAt: number | undefined;
  readonly connection: CoordinatorConnection;
}

/** Where the control planes of a master are. */
export interface MasterAddresses {
  /** `http://host:port` of the JSON control plane; with `https` both control planes speak TLS. */
  readonly rpcUrl: string;
  /** `host:port` of the gRPC control plane. */
  readonly grpcAddress: string;
  /** PEM of the authorities that the coordinator is to trust for both; undefined: those that it trusts anyway. */
  readonly ca: string | undefined;
}

/** How the coordinator reaches the master. Handed over as a 0600 file, never as environment. */
export interface CoordinatorConnection extends MasterAddresses {
  readonly token: string;
  readonly traceparent: string | undefined;
}

/** A supervised process of a job: sequence 0 is the coordinator, 1 and up are its steps. */
export interface ProcessRef {
  readonly jobId: string;
  readonly sequence: number;
}

export interface StepSpec extends ProcessRef {
  readonly name: string;
  /** A shell command line, run by `sh`. */
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
  readonly image: string | undefined;
}

export type OutputStream = 'stdout' | 'stderr';
export interface OutputOffsets {
  readonly stdout: number;
  readonly stderr: number;
}

/** How a process ended: its exit record was read, or it is gone without one. */
export type ProcessEnd =
  | {
      readonly kind: 'exited';
      readonly exitCode: number;
      readonly startedAt: number;
      readonly finishedAt: number;
      /** Some of its output could not be stored, as on a full disk: it cannot count as a success. */
      readonly outputCut: boolean;
    }
  | { readonly kind: 'lost'; readonly reason: string };

export type ProcessEvent =
  | { readonly kind: 'output'; readonly stream: OutputStream; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'end'; readonly end: ProcessEnd };

/** Where jobs run. Every method may be called again after a restart of the master and does nothing twice. */
export interface JobRuntime {
  readonly kind: 'local' | 'kubernetes';
  /**
   * Whether jobs can be started now; absent where nothing can stand in the way.
   * @throws DanubeError that says what does
   */
  checkHealth?(signal: AbortSignal): Promise<void>;
  /**
   * Puts the commit in place and starts the coordinator. Idempotent by job id: when the coordinator has been started
   * before, in this life of the master or an earlier one, it is left alone (its connection is refreshed). Answers what the
   * checkout has to say.
   * @throws DanubeError of the checkout, or `runtime_unavailable`; nothing is left running then.
   */
  start(job: JobSpec, signal: AbortSignal): Promise<CheckoutReport>;
  /** After a restart of the master: whether the coordinator was ever started, and fresh connection facts for it. */
  adopt(jobId: string, addresses: MasterAddresses): Promise<'started' | 'not_started'>;
  /** Starts the step's command exactly once; asking again for the same sequence does nothing. */
  startStep(step: StepSpec): Promise<void>;
  /**
   * Output of one process from the given byte offsets on, then its end. Ends after the `end` event. Chunks of one stream
   * arrive in order; the consumer's pace is obeyed. Aborting the signal ends the iteration and nothing else.
   */
  follow(process: ProcessRef, from: OutputOffsets, signal: AbortSignal): AsyncIterable<ProcessEvent>;
  /** Bytes of a process's output, at most `length` from `offset` on; fewer at the end. Possible until {@link cleanUp}. */
  readOutput(process: ProcessRef, stream: OutputStream, offset: number, length: number): Promise<Buffer>;
  /** Ends one process with everything it started: TERM, after `graceMs` KILL. Resolves when it is gone. */
  stop(process: ProcessRef, graceMs: number): Promise<void>;
  /** Ends every process of the job, also daemons that steps left behind. Resolves when they are gone. */
  stopJob(jobId: string, graceMs: number): Promise<void>;
  /** Removes all that the job left outside of log and artifacts. Idempotent; never called before the log is complete. */
  cleanUp(jobId: string): Promise<void>;
  /** Ids of jobs that still occupy the runtime, to find leftovers. */
  listJobs(): Promise<readonly string[]>;
}
