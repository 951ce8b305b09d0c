import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { Refusal } from './refusal.js';

const packed = /^file:|\.t(?:ar\.)?gz$/;
const range = /^[\w.^~<>=|* +-]+$/;

/**
 * What package.json asks for as `@danube/plugin-api`: a version range as it was given, or `file:` and the path of a
 * packed file from the new folder, which was given as seen from the current one.
 * @throws Refusal where it is neither, or the file is not there
 */
export function pluginApiSource(given: string, folder: string): string {
  if (packed.test(given)) {
    const file = resolve(given.replace(/^file:/, ''));
    if (!existsSync(file)) throw new Refusal(`--plugin-api: there is no file ${file}`);
    return `file:${relative(folder, file)}`;
  }
  if (range.test(given)) return given;
  throw new Refusal(
    `--plugin-api: "${given}" is neither a version range such as ^1.0.0 nor a packed file such as ./danube-plugin-api-1.0.0.tgz`,
  );
}
