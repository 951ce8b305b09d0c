/** One place of a pattern between two slashes. */
type Token = { readonly kind: 'star' } | { readonly kind: 'one'; readonly accepts: (character: string) => boolean };

export type PartMatcher = (part: string) => boolean;

/** Reads what stands between two slashes of a pattern; the text says what is wrong with it. */
export function parsePart(part: string): PartMatcher | string {
  if (part === '') return 'it begins or ends with "/", or holds "//"; write for example docs/** for a whole folder';
  if (part === '.' || part === '..') return `"${part}" is no part of a path in a repository`;
  if (/^[^\\*?[]+$/u.test(part)) return (text) => text === part;
  const tokens: Token[] = [];
  const characters = [...part];
  for (let index = 0; index < characters.length; index += 1) {
    const character = characters[index]!;
    if (character === '*') {
      if (tokens.at(-1)?.kind !== 'star') tokens.push({ kind: 'star' });
    } else if (character === '?') tokens.push({ kind: 'one', accepts: () => true });
    else if (character === '\\') {
      index += 1;
      const escaped = characters[index];
      if (escaped === undefined) return 'a "\\" must stand before the character that it escapes';
      tokens.push({ kind: 'one', accepts: (other) => other === escaped });
    } else if (character === '[') {
      const end = characters.indexOf(']', index);
      const accepts = end === -1 ? undefined : parseClass(characters.slice(index + 1, end));
      if (accepts === undefined) return 'a "[" does not begin a set such as [a-z]; write \\[ for the character itself';
      tokens.push({ kind: 'one', accepts });
      index = end;
    } else tokens.push({ kind: 'one', accepts: (other) => other === character });
  }
  return (text) => matchTokens(tokens, [...text]);
}

/** What stands in `[a-z_]` or `[!0-9]`. */
function parseClass(content: readonly string[]): ((character: string) => boolean) | undefined {
  const negated = content[0] === '!' || content[0] === '^';
  const members = negated ? content.slice(1) : content;
  if (members.length === 0 || members.includes('\\') || members.includes('[')) return undefined;
  const ranges: [string, string][] = [];
  for (let index = 0; index < members.length; index += 1) {
    const from = members[index]!;
    const isRange = members[index + 1] === '-' && index + 2 < members.length;
    const to = isRange ? members[index + 2]! : from;
    if (to < from) return undefined;
    ranges.push([from, to]);
    if (isRange) index += 2;
  }
  return (character) => ranges.some(([from, to]) => from <= character && character <= to) !== negated;
}

/** Goes back to the last star only, so that no pattern takes more than its length times that of the text. */
function matchTokens(tokens: readonly Token[], text: readonly string[]): boolean {
  let token = 0;
  let star = -1;
  let resume = 0;
  for (let position = 0; position < text.length;) {
    const current = tokens[token];
    if (current?.kind === 'star') {
      star = token;
      token += 1;
      resume = position;
    } else if (current?.accepts(text[position]!) === true) {
      token += 1;
      position += 1;
    } else if (star !== -1) {
      token = star + 1;
      resume += 1;
      position = resume;
    } else return false;
  }
  return tokens.slice(token).every(({ kind }) => kind === 'star');
}
