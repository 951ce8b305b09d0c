import type { Team } from '../access/team.js';
import type { User } from '../access/user.js';
import type { Pipeline, PipelineSpec } from '../pipeline/pipeline.js';
import type { SealedSecret } from '../secret/sealed-secret.js';
import type { ConfigProblem, InstanceSettings } from './configuration.js';
import type { ConfigPath } from './config-path.js';

export const configKinds = ['Config', 'User', 'Team', 'Pipeline', 'Secret'] as const;
export type ConfigKind = (typeof configKinds)[number];

export interface Position {
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
}

/** A pipeline whose timeout may still have to come from the instance's default. */
export interface PipelineDraft extends Omit<Pipeline, 'origin' | 'spec'> {
  readonly spec: Omit<PipelineSpec, 'timeoutMs'> & { readonly timeoutMs: number | undefined };
}

interface DocumentValues {
  readonly Config: InstanceSettings;
  readonly User: User;
  readonly Team: Team;
  readonly Pipeline: PipelineDraft;
  readonly Secret: SealedSecret;
}

interface DocumentOf<K extends ConfigKind> {
  readonly kind: K;
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly value: DocumentValues[K];
  /** Path of the specification: empty for a flat `config.yaml`. */
  readonly specPath: ConfigPath;
  /** Where the value or the key at that path of the document stands, or its nearest parent. */
  locate(path: ConfigPath, of?: 'value' | 'key'): Position;
}

/** One document of the config repository that is valid by itself. */
export type ConfigDocument = { readonly [K in ConfigKind]: DocumentOf<K> }[ConfigKind];
export type DocumentOfKind<K extends ConfigKind> = Extract<ConfigDocument, { kind: K }>;

/** What the files of a commit hold. */
export interface ReadDocuments {
  readonly documents: readonly ConfigDocument[];
  /** Documents with problems of their own: what refers to them does not dangle. */
  readonly invalid: readonly { readonly kind: ConfigKind; readonly name: string }[];
  /** False where a file could not be read at all: then nobody knows what dangles. */
  readonly complete: boolean;
  readonly problems: readonly ConfigProblem[];
}
