import type { SealedSecret } from '../secret/sealed-secret.js';
import { toOwner } from '../secret/secret-scope.js';
import type { ConfigDocument, ConfigKind, ReadDocuments } from './config-document.js';
import { formatConfigPath, type ConfigPath } from './config-path.js';
import type { ConfigProblem } from './configuration.js';

/** The candidate that was probably meant. */
export type Suggest = (word: string, candidates: Iterable<string>) => string | undefined;

interface Reference {
  readonly kind: 'Team' | 'User' | 'Pipeline';
  readonly name: string;
  readonly path: ConfigPath;
}

function references(document: ConfigDocument): readonly Reference[] {
  if (document.kind === 'Team') {
    return document.value.members.map((name, index) => ({ kind: 'User', name, path: ['spec', 'members', index] }));
  }
  if (document.kind === 'Secret') return ownerOf(document.value);
  if (document.kind !== 'Pipeline') return [];
  const { team, permissions } = document.value.spec;
  return [
    { kind: 'Team', name: team, path: ['spec', 'team'] },
    ...permissions.map(({ team: name }, index): Reference => ({
      kind: 'Team',
      name,
      path: ['spec', 'permissions', index, 'team'],
    })),
  ];
}

function ownerOf({ scope }: SealedSecret): readonly Reference[] {
  const { team, pipeline } = toOwner(scope);
  if (team !== undefined) return [{ kind: 'Team', name: team, path: ['spec', 'team'] }];
  return pipeline === undefined ? [] : [{ kind: 'Pipeline', name: pipeline, path: ['spec', 'pipeline'] }];
}

function namesOf(read: ReadDocuments, kind: ConfigKind): ReadonlySet<string> {
  return new Set([...read.documents, ...read.invalid].filter((one) => one.kind === kind).map((one) => one.name));
}

export function findDanglingReferences(read: ReadDocuments, suggest: Suggest): readonly ConfigProblem[] {
  const known = { Team: namesOf(read, 'Team'), User: namesOf(read, 'User'), Pipeline: namesOf(read, 'Pipeline') };
  const problems: ConfigProblem[] = [];
  for (const document of read.documents) {
    for (const { kind, name, path } of references(document)) {
      if (known[kind].has(name)) continue;
      const guess = suggest(name, known[kind]);
      problems.push({
        file: document.file,
        ...document.locate(path),
        path: formatConfigPath(path),
        message: `there is no ${kind} "${name}"`,
        suggestion:
          guess === undefined ? `add a document with kind: ${kind} and that name` : `did you mean "${guess}"?`,
      });
    }
  }
  return problems;
}
