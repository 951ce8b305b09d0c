import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds the Python package: beside this program in a release, in `sdk/src` in a checkout. */
export function findSdk(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    for (const candidate of [join(folder, 'sdk', 'src'), join(folder, 'dist', 'sdk')]) {
      if (existsSync(join(candidate, 'danube', '__init__.py'))) return candidate;
    }
    if (folder === dirname(folder)) throw new Error('the Python SDK is missing from this installation');
  }
}
