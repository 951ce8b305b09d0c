import type { ConfigDocument } from './config-document.js';
import { formatConfigPath, type ConfigPath } from './config-path.js';
import type { ConfigProblem } from './configuration.js';

interface Identity {
  readonly key: string;
  readonly path: ConfigPath;
  readonly what: string;
}

/** What no two documents may share. */
function identities(document: ConfigDocument): readonly Identity[] {
  if (document.kind === 'Config') return [{ key: 'Config', path: [], what: 'the instance settings are' }];
  const path = ['metadata', 'name'];
  // several secrets may have one name, each of another owner
  const name = document.kind === 'Secret' ? document.value.id : document.name;
  const named = { key: `${document.kind} ${name}`, path, what: `${document.kind} "${name}" is` };
  if (document.kind !== 'User') return [named];
  const { email, oidcSubject } = document.value;
  return [
    named,
    {
      key: `email ${email.toLowerCase()}`,
      path: ['spec', 'email'],
      what: `the email address of user "${document.name}" is`,
    },
    ...(oidcSubject === undefined
      ? []
      : [
          {
            key: `oidc ${oidcSubject}`,
            path: ['spec', 'oidc_subject'],
            what: `the OpenID Connect subject of user "${document.name}" is`,
          },
        ]),
  ];
}

export function findDuplicates(documents: readonly ConfigDocument[]): readonly ConfigProblem[] {
  const first = new Map<string, { readonly document: ConfigDocument; readonly path: ConfigPath }>();
  const problems: ConfigProblem[] = [];
  for (const document of documents) {
    for (const { key, path, what } of identities(document)) {
      const other = first.get(key);
      if (other === undefined) {
        first.set(key, { document, path });
        continue;
      }
      const place = other.document.locate(other.path);
      problems.push({
        file: document.file,
        ...document.locate(path),
        path: formatConfigPath(path),
        message: `${what} defined twice, first at ${other.document.file}:${place.line}:${place.column}`,
        suggestion: 'remove or rename one of the two',
      });
    }
  }
  return problems;
}
