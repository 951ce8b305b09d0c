import {
  configKinds,
  type ConfigDocument,
  type ConfigKind,
  type ReadDocuments,
} from '../../domain/config/config-document.js';
import type { ConfigProblem } from '../../domain/config/configuration.js';
import { maxConfigFileBytes, type ConfigFile } from '../../services/ports/config-source.js';
import { findPlainText } from './find-plain-text.js';
import { fileRole, type FileRole } from './file-role.js';
import { LocatedDocument } from './located-document.js';
import { readJson, readYaml } from './read-yaml.js';
import { toTeam, toUser } from './to-access.js';
import { toPipeline } from './to-pipeline.js';
import { toSecret } from './to-secret.js';
import { toSettings } from './to-settings.js';
import type { Validators } from './validators.js';
import { suggestName } from './closest-name.js';

/** Everything that one file says; it depends on nothing but path and content, so that it can be kept. */
export class ConfigFileReader {
  constructor(private readonly validators: Validators) {}

  read(file: ConfigFile): ReadDocuments {
    const role = fileRole(file.path);
    if (file.size > maxConfigFileBytes) {
      const message = `the file has ${file.size} bytes; at most ${maxConfigFileBytes} are read`;
      return unreadable({ file: file.path, line: 1, column: 1, path: '', message, suggestion: 'split it' });
    }
    if (role === 'other' && !file.text.includes('danube.dev/')) return nothing;
    if (file.text.includes('\ufffd')) {
      const message = 'the file is not UTF-8 text';
      return unreadable({ file: file.path, line: 1, column: 1, path: '', message, suggestion: undefined });
    }
    const isJson = file.path.endsWith('.json');
    const content = isJson ? readJson(file.text) : readYaml(file.text);
    if ('problem' in content) return unreadable({ file: file.path, path: '', ...content.problem });
    return merge(
      content.documents.flatMap(({ value, line }, index) => {
        const parts = isJson && Array.isArray(value) ? (value as unknown[]) : undefined;
        const at = (part: unknown, base: readonly number[]) =>
          new LocatedDocument(file.path, part, line, content.positions, index, base);
        return parts === undefined
          ? [this.#readDocument(at(value, []), role)]
          : parts.map((part, position) => this.#readDocument(at(part, [position]), role));
      }),
    );
  }

  #readDocument(document: LocatedDocument, role: FileRole): ReadDocuments {
    if (document.value === null) return nothing;
    if (!document.isMapping()) {
      return unreadable(document.problem([], 'a document must be a mapping', 'begin with apiVersion: danube.dev/v1'));
    }
    const version = document.text('apiVersion');
    if (role === 'settings' && version === undefined && document.text('kind') === undefined) {
      return this.#readFlatConfig(document);
    }
    if (role === 'other' && version?.startsWith('danube.dev/') !== true) return nothing;
    const kind = document.text('kind');
    if (kind === undefined) {
      return unreadable(document.problem([], '"kind" is missing', `accepted: ${configKinds.join(', ')}`));
    }
    if (!isConfigKind(kind)) {
      return unreadable(document.problem(['kind'], `unknown kind "${kind}"`, suggestName(kind, configKinds)));
    }
    return this.#readKind(document, kind);
  }

  #readFlatConfig(document: LocatedDocument): ReadDocuments {
    const identity = { kind: 'Config', name: 'config' } as const;
    const problems = document.validate(this.validators.flatConfig);
    if (problems.length > 0) return { documents: [], invalid: [identity], complete: true, problems };
    const value = toSettings(document.value as object);
    return valid({ ...identity, value, specPath: [], ...document.place() });
  }

  #readKind(document: LocatedDocument, kind: ConfigKind): ReadDocuments {
    const plainText = kind === 'Secret' ? findPlainText(document) : [];
    const problems = plainText.length > 0 ? plainText : document.validate(this.validators.document[kind]);
    const name = document.text('metadata', 'name') ?? kind;
    if (problems.length > 0) return { documents: [], invalid: [{ kind, name }], complete: true, problems };
    return valid(toDocument(document, kind, name));
  }
}

/** The schema of the kind has accepted the document before. */
function toDocument(document: LocatedDocument, kind: ConfigKind, name: string): ConfigDocument {
  const { spec } = document.value as { spec: never };
  const common = { name, specPath: ['spec'], ...document.place() };
  switch (kind) {
    case 'Config':
      return { ...common, kind, value: toSettings(spec) };
    case 'User':
      return { ...common, kind, value: toUser(name, spec) };
    case 'Team':
      return { ...common, kind, value: toTeam(name, spec) };
    case 'Pipeline':
      return { ...common, kind, value: toPipeline(name, spec) };
    case 'Secret':
      return { ...common, kind, value: toSecret(name, spec) };
  }
}

function isConfigKind(kind: string): kind is ConfigKind {
  return configKinds.some((known) => known === kind);
}

const nothing: ReadDocuments = { documents: [], invalid: [], complete: true, problems: [] };

function valid(document: ConfigDocument): ReadDocuments {
  return { ...nothing, documents: [document] };
}

function unreadable(problem: ConfigProblem): ReadDocuments {
  return { ...nothing, complete: false, problems: [problem] };
}

export function merge(parts: readonly ReadDocuments[]): ReadDocuments {
  return {
    documents: parts.flatMap((part) => part.documents),
    invalid: parts.flatMap((part) => part.invalid),
    complete: parts.every((part) => part.complete),
    problems: parts.flatMap((part) => part.problems),
  };
}
