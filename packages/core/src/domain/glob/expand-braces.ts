/** Of what the braces of one pattern stand for. */
export const maxExpanded = { patterns: 100, characters: 2500 };

/**
 * `a{b,c}` → `ab`, `ac`; braces may stand in braces. `open`: one has no partner, or holds no alternatives; `many`: more
 * comes out than {@link maxExpanded}.
 */
export function expandBraces(glob: string): readonly string[] | 'open' | 'many' {
  const start = findUnescaped(glob, '{', 0);
  if (start === -1) return findUnescaped(glob, '}', 0) === -1 ? [glob] : 'open';
  const parts = alternativesFrom(glob, start);
  if (parts === undefined || parts.alternatives.length < 2) return 'open';
  const results: string[] = [];
  let characters = 0;
  for (const alternative of parts.alternatives) {
    const expanded = expandBraces(glob.slice(0, start) + alternative + glob.slice(parts.end));
    if (typeof expanded === 'string') return expanded;
    for (const one of expanded) characters += one.length;
    if (results.push(...expanded) > maxExpanded.patterns || characters > maxExpanded.characters) return 'many';
  }
  return results;
}

function findUnescaped(text: string, wanted: string, from: number): number {
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (text[index] === wanted) return index;
  }
  return -1;
}

/** What stands between the commas of the brace at `start`, and where its partner ends. */
function alternativesFrom(glob: string, start: number): { alternatives: string[]; end: number } | undefined {
  const alternatives: string[] = [];
  let depth = 0;
  let begin = start + 1;
  for (let index = start; index < glob.length; index += 1) {
    const character = glob[index];
    if (character === '\\') index += 1;
    else if (character === '{') depth += 1;
    else if (character === ',' && depth === 1) {
      alternatives.push(glob.slice(begin, index));
      begin = index + 1;
    } else if (character === '}') {
      depth -= 1;
      if (depth === 0) return { alternatives: [...alternatives, glob.slice(begin, index)], end: index + 1 };
    }
  }
  return undefined;
}
