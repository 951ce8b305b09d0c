import { expandBraces } from './expand-braces.js';
import { parseGlob } from './glob.js';

/** Whether a list of patterns accepts a branch, tag or path. */
export type GlobList = (text: string) => boolean;

/** Why this may not stand in a list of patterns; undefined where it may. */
export function globProblem(pattern: string): string | undefined {
  const result = parseGlob(withoutNegation(pattern));
  return typeof result === 'string' ? result : undefined;
}

/**
 * Reads a list whose patterns `globProblem` has accepted. The last pattern that fits decides; one with `!` in front excludes.
 * A list that begins with such a one begins with everything.
 */
export function parseGlobList(patterns: readonly string[]): GlobList {
  const rules = patterns.map((pattern) => {
    const matches = parseGlob(withoutNegation(pattern));
    return { includes: !pattern.startsWith('!'), matches: typeof matches === 'string' ? () => false : matches };
  });
  const initially = rules[0]?.includes === false;
  return (text) => {
    const parts = text.split('/');
    return rules.findLast(({ matches }) => matches(parts))?.includes ?? initially;
  };
}

/** What patterns are long once their braces are written out: to match a text takes at most so many steps a character of it. */
export function expandedLength(patterns: readonly string[]): number {
  let characters = 0;
  for (const pattern of patterns) {
    const alternatives = expandBraces(pattern);
    if (typeof alternatives !== 'string') for (const one of alternatives) characters += one.length;
  }
  return characters;
}

function withoutNegation(pattern: string): string {
  return pattern.startsWith('!') ? pattern.slice(1) : pattern;
}
