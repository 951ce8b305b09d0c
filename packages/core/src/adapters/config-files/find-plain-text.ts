import type { ConfigProblem } from '../../domain/config/configuration.js';
import { sealCommand } from '../../domain/secret/sealed-secret.js';
import { secretNamePattern } from '../../domain/secret/secret-name.js';
import { toScope } from '../../domain/secret/secret-scope.js';
import type { LocatedDocument } from './located-document.js';
import { namePattern } from './schemas/common.js';

/** A secret that was written down as it is, which is no typing error: by then it is in the history of the repository. */
export function findPlainText(document: LocatedDocument): readonly ConfigProblem[] {
  if (!document.has('spec', 'value')) return [];
  const suggestion = `write what "${commandFor(document)}" prints, and replace the value where it came from: the repository keeps it`;
  return [document.problem(['spec', 'value'], 'a secret in plain text is refused', suggestion, true)];
}

/** People copy it into a shell, so that nothing of the document may be in it but names. */
function commandFor(document: LocatedDocument): string {
  const accepted = (text: string | undefined, pattern: string) =>
    text !== undefined && new RegExp(pattern).test(text) ? text : undefined;
  const team = accepted(document.text('spec', 'team'), namePattern);
  const pipeline = accepted(document.text('spec', 'pipeline'), namePattern);
  return sealCommand(
    accepted(document.text('metadata', 'name'), secretNamePattern) ?? 'NAME',
    toScope({ team, pipeline }),
  );
}
