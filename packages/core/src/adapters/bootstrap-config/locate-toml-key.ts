export interface TomlPosition {
  readonly line: number;
  readonly column: number;
}

const header = /^(\s*\[+\s*)([^\]]+?)\s*\]/;
const assignment = /^(\s*)((?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*)\s*=/;

function plain(dotted: string): string {
  return dotted
    .split('.')
    .map((part) => part.trim().replace(/^["']|["']$/g, ''))
    .join('.');
}

/**
 * Where each key and table of a TOML text that parses begins, by dotted name. The parser tells positions of syntax errors
 * only. Keys inside inline tables and after multi-line strings that imitate TOML are not told apart: the nearest parent
 * is then the best answer, and {@link locateTomlKey} gives that.
 */
function indexToml(source: string): ReadonlyMap<string, TomlPosition> {
  const positions = new Map<string, TomlPosition>();
  let table = '';
  for (const [index, text] of source.split('\n').entries()) {
    const headerMatch = header.exec(text);
    const match = headerMatch ?? assignment.exec(text);
    if (match === null) continue;
    const name = plain(match[2] ?? '');
    const full = headerMatch !== null || table === '' ? name : `${table}.${name}`;
    if (headerMatch !== null) table = name;
    if (!positions.has(full)) positions.set(full, { line: index + 1, column: (match[1] ?? '').length + 1 });
  }
  return positions;
}

/** Position of a dotted key, or of its nearest parent. */
export function locateTomlKey(source: string, key: string): TomlPosition {
  const positions = indexToml(source);
  for (let name = key; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
    const position = positions.get(name);
    if (position !== undefined) return position;
  }
  return { line: 1, column: 1 };
}
