import { DanubeError } from '@danube/plugin-api';

const maxKeyBytes = 1024;
/** What file systems take as one name, less the longest ending. */
const maxNameBytes = 240;
const controlCharacters = /[\u0000-\u001f\u007f]/;

/** Where files are written before they are objects. No key leads there. */
export const arrivalsName = '.arrivals';

const objectEnding = '.object';
const folderEnding = '.folder';
const moreEnding = '.more';
/** Names that would be taken for something else. */
const ambiguous = /^\.arrivals$|\.(object|folder|more)$/;

/**
 * The path of an object below the storage's folder, readable for people. Objects end in `.object`, so that `report` and
 * `report/index.html` can be two of them; parts that are too long for one name go on in a folder below.
 * @throws DanubeError `storage_key_invalid` (invalid)
 */
export function objectPath(key: string): readonly string[] {
  checkKey(key);
  const parts = key.split('/');
  return parts.flatMap((part, index) => {
    const pieces = cut(part);
    const last = pieces.pop() ?? '';
    const more = pieces.map((piece) => piece + moreEnding);
    return [...more, index === parts.length - 1 ? last + objectEnding : folderName(last)];
  });
}

/** The key of an object by its path, or undefined for a path of none. */
export function keyOf(path: readonly string[]): string | undefined {
  const file = path.at(-1);
  if (file === undefined || !file.endsWith(objectEnding)) return undefined;
  const folders = path.slice(0, -1).map((name) => {
    if (name.endsWith(moreEnding)) return name.slice(0, -moreEnding.length);
    return (name.endsWith(folderEnding) ? name.slice(0, -folderEnding.length) : name) + '/';
  });
  return folders.join('') + file.slice(0, -objectEnding.length);
}

function folderName(part: string): string {
  return ambiguous.test(part) ? part + folderEnding : part;
}

/** Pieces of whole characters. */
function cut(part: string): string[] {
  const pieces = [''];
  let bytes = 0;
  for (const character of part) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxNameBytes) {
      pieces.push('');
      bytes = Buffer.byteLength(character);
    }
    pieces[pieces.length - 1] += character;
  }
  return pieces;
}

function checkKey(key: string): void {
  const isPath = key.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
  if (isPath && !controlCharacters.test(key) && Buffer.byteLength(key) <= maxKeyBytes) return;
  throw new DanubeError(
    'storage_key_invalid',
    `${JSON.stringify(key.slice(0, 80))} is no key: it has 1 to ${maxKeyBytes} bytes, is relative, and has no empty, "." or ".." part and no control character`,
    { category: 'invalid' },
  );
}
