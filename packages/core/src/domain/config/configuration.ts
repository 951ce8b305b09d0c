import type { Team } from '../access/team.js';
import type { User } from '../access/user.js';
import type { Integrations } from './integrations.js';
import type { KubernetesSettings } from '../kubernetes/kubernetes-settings.js';
import type { Pipeline } from '../pipeline/pipeline.js';
import type { SealedSecret } from '../secret/sealed-secret.js';

/** The instance-wide part: `kind: Config`, or a flat `config.yaml`. */
export interface InstanceSettings {
  readonly jobs: {
    /** How many jobs may be scheduling or running at once. */
    readonly maxConcurrent: number;
    readonly defaultTimeoutMs: number;
  };
  readonly logs: { readonly maxBytesPerJob: number };
  /** Of the stored archives of one job together. */
  readonly artifacts: { readonly maxBytesPerJob: number };
  readonly observability: { readonly otlpEndpoint: string | undefined };
  readonly cors: { readonly origins: readonly string[] };
  readonly retention: {
    /** Of the record of a job; it stays at least as long as its log and its artifacts. */
    readonly jobsDays: number;
    readonly logsDays: number;
    readonly artifactsDays: number;
    readonly deliveriesDays: number;
    /** Deliveries that no pipeline took. */
    readonly unmatchedDeliveriesDays: number;
    /** Of a cached repository since its last use. */
    readonly cacheDays: number;
    /** From one run of the reaper to the next. */
    readonly intervalHours: number;
    /** With less room than this for the data directory the reaper runs at once. */
    readonly minFreeBytes: number;
  };
  readonly kubernetes: KubernetesSettings;
  readonly integrations: Integrations;
}

/** Everything that one commit of the config repository says, already validated. */
export interface Configuration {
  readonly settings: InstanceSettings;
  readonly users: readonly User[];
  readonly teams: readonly Team[];
  readonly pipelines: readonly Pipeline[];
  readonly secrets: readonly SealedSecret[];
}

/** One problem in the config repository. Line and column count from 1. */
export interface ConfigProblem {
  /** Empty where the repository as a whole is meant. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** YAML path such as `spec.triggers[0].branches`; empty for a whole document. */
  readonly path: string;
  readonly message: string;
  /** What to write instead, where that can be guessed. */
  readonly suggestion: string | undefined;
}

/** The outcome of one attempt to bring a commit of the config repository into force. */
export interface ConfigSync {
  readonly id: number;
  /** Undefined where the repository could not be read at all. */
  readonly commit: string | undefined;
  readonly status: 'applied' | 'failed';
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly problems: readonly ConfigProblem[];
}
