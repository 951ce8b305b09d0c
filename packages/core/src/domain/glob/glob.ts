import { expandBraces, maxExpanded } from './expand-braces.js';
import { parsePart, type PartMatcher } from './glob-part.js';

/** Longest pattern that is accepted, in characters. */
export const maxGlobLength = 250;

type GlobMatcher = (parts: readonly string[]) => boolean;

/**
 * Reads a pattern of branches, tags or files; the text says what is wrong with it.
 * `*`, `?` and `[a-z]` stay within one part between slashes, `**` as a whole part stands for any number of parts, `{a,b}`
 * for either, `\` takes the special meaning away. Case counts, and a leading dot is nothing special.
 */
export function parseGlob(glob: string): GlobMatcher | string {
  if (glob === '') return 'it is empty';
  if (glob.length > maxGlobLength) return `it is longer than ${maxGlobLength} characters`;
  if (/\p{Cc}/u.test(glob)) return 'it holds a control character';
  const alternatives = expandBraces(glob);
  if (alternatives === 'open') {
    return 'its braces do not hold alternatives such as {a,b}; write \\{ or \\} for the character itself';
  }
  if (alternatives === 'many') {
    return `its braces stand for more than ${maxExpanded.patterns} patterns, or ${maxExpanded.characters} characters in all`;
  }
  const matchers: GlobMatcher[] = [];
  for (const alternative of alternatives) {
    const matcher = parsePath(alternative);
    if (typeof matcher === 'string') return matcher;
    matchers.push(matcher);
  }
  return (parts) => matchers.some((matches) => matches(parts));
}

function parsePath(glob: string): GlobMatcher | string {
  const parts: (PartMatcher | '**')[] = [];
  for (const part of glob.split('/')) {
    const matcher = part === '**' ? part : parsePart(part);
    if (typeof matcher === 'string' && matcher !== '**') return matcher;
    parts.push(matcher);
  }
  return (text) => matchParts(parts, text);
}

/** Goes back to the last `**` only, as the parts do with their stars. */
function matchParts(glob: readonly (PartMatcher | '**')[], text: readonly string[]): boolean {
  let part = 0;
  let anything = -1;
  let resume = 0;
  for (let position = 0; position < text.length;) {
    const current = glob[part];
    if (current === '**') {
      anything = part;
      part += 1;
      resume = position;
    } else if (current?.(text[position]!) === true) {
      part += 1;
      position += 1;
    } else if (anything !== -1) {
      part = anything + 1;
      resume += 1;
      position = resume;
    } else return false;
  }
  return glob.slice(part).every((rest) => rest === '**');
}
