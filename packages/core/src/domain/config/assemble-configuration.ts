import type { ConfigProblem, Configuration } from './configuration.js';
import type { ConfigDocument, DocumentOfKind, PipelineDraft, ReadDocuments } from './config-document.js';
import { defaultSettings } from './default-settings.js';
import { findDanglingReferences, type Suggest } from './find-dangling-references.js';
import { findDuplicates } from './find-duplicates.js';
import { repositoryProblem } from './format-problem.js';
import { findRefusedRequests } from '../kubernetes/find-refused-requests.js';
import { formatConfigPath } from './config-path.js';
import type { SettingsProblem } from './settings-problem.js';
import type { Pipeline } from '../pipeline/pipeline.js';
import type { SealedSecretProblem } from '../secret/sealed-secret.js';

export type AssembledConfiguration =
  | {
      readonly kind: 'valid';
      readonly configuration: Configuration;
      /** Finds the place of a problem with the settings. */
      readonly locate: (problem: SettingsProblem) => ConfigProblem;
      /** Finds the place of a problem with a sealed value. */
      readonly locateSecret: (problem: SealedSecretProblem) => ConfigProblem;
    }
  | { readonly kind: 'invalid'; readonly problems: readonly ConfigProblem[] };

function ofKind<K extends ConfigDocument['kind']>(documents: readonly ConfigDocument[], kind: K): DocumentOfKind<K>[] {
  return documents.filter((document): document is DocumentOfKind<K> => document.kind === kind);
}

function completePipeline(document: DocumentOfKind<'Pipeline'>, defaultTimeoutMs: number): Pipeline {
  const draft: PipelineDraft = document.value;
  return {
    ...draft,
    spec: { ...draft.spec, timeoutMs: draft.spec.timeoutMs ?? defaultTimeoutMs },
    origin: { file: document.file, line: document.line },
  };
}

/** Without a document of settings there is no place, only a message. */
function locateIn(
  document: DocumentOfKind<'Config'> | undefined,
  { path, atKey, message, suggestion }: SettingsProblem,
): ConfigProblem {
  if (document === undefined) return { ...repositoryProblem(message), path: formatConfigPath(path), suggestion };
  const full = [...document.specPath, ...path];
  const position = document.locate(full, atKey ? 'key' : 'value');
  return { file: document.file, ...position, path: formatConfigPath(full), message, suggestion };
}

function locateSecretIn(
  documents: readonly DocumentOfKind<'Secret'>[],
  { secret, message, suggestion }: SealedSecretProblem,
): ConfigProblem {
  const document = documents.find(({ value }) => value.id === secret.id);
  if (document === undefined) return { ...repositoryProblem(message), suggestion };
  const path = [...document.specPath, 'sealed'];
  return { file: document.file, ...document.locate(path, 'key'), path: formatConfigPath(path), message, suggestion };
}

function inOrder(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  return [...problems].sort(
    (a, b) => (a.file < b.file ? -1 : Number(a.file > b.file)) || a.line - b.line || a.column - b.column,
  );
}

/** One configuration from all documents, with every default filled in; or every problem, by file and line. */
export function assembleConfiguration(read: ReadDocuments, suggest: Suggest): AssembledConfiguration {
  const { documents } = read;
  const problems = [
    ...read.problems,
    ...findDuplicates(documents),
    ...(read.complete ? [...findDanglingReferences(read, suggest), ...findRefusedRequests(read)] : []),
  ];
  if (problems.length > 0) return { kind: 'invalid', problems: inOrder(problems) };
  const settingsDocument = ofKind(documents, 'Config')[0];
  const settings = settingsDocument?.value ?? defaultSettings;
  const secrets = ofKind(documents, 'Secret');
  return {
    kind: 'valid',
    configuration: {
      settings,
      users: ofKind(documents, 'User').map((document) => document.value),
      teams: ofKind(documents, 'Team').map((document) => document.value),
      pipelines: ofKind(documents, 'Pipeline').map((document) =>
        completePipeline(document, settings.jobs.defaultTimeoutMs),
      ),
      secrets: secrets.map((document) => document.value),
    },
    locate: (problem) => locateIn(settingsDocument, problem),
    locateSecret: (problem) => locateSecretIn(secrets, problem),
  };
}
