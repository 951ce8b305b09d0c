/** A piece of a line: text that takes up columns, or a control that does not. */
export type Token =
  | { readonly kind: 'text'; readonly text: string }
  /** Sets colours and decorations; `codes` as they stand between `ESC[` and `m`, separated by semicolons. */
  | { readonly kind: 'style'; readonly codes: string }
  /** The address of the text that follows; empty at the end of a link. */
  | { readonly kind: 'link'; readonly url: string }
  | { readonly kind: 'carriage-return' }
  | { readonly kind: 'backspace' }
  /** 0: from the cursor to the end, 1: from the start to the cursor, 2: all. */
  | { readonly kind: 'erase-line'; readonly mode: number };

/** In order: style, erase line, any other CSI, link, any other OSC, escapes of two or three characters, CR, BS. */
const controls =
  /\x1b\[([\d;:]*)m|\x1b\[([012]?)K|\x1b\[[0-?]*[ -/]*[@-~]|\x1b\]8;[^;\x07\x1b]*;([^\x07\x1b]*)(?:\x07|\x1b\\)|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]?[0-~]|\r|\x08/g;

/** Takes a line apart; escape sequences that mean nothing in a log, such as window titles, are left out. */
export function* tokenize(line: string): Generator<Token> {
  let end = 0;
  for (const match of line.matchAll(controls)) {
    if (match.index > end) yield { kind: 'text', text: line.slice(end, match.index) };
    end = match.index + match[0].length;
    const token = controlToken(match);
    if (token !== undefined) yield token;
  }
  if (end < line.length) yield { kind: 'text', text: line.slice(end) };
}

function controlToken([whole, codes, erase, url]: RegExpMatchArray): Token | undefined {
  if (codes !== undefined) return { kind: 'style', codes: codes.replace(/:+/g, ';') };
  if (erase !== undefined) return { kind: 'erase-line', mode: Number(erase) };
  if (url !== undefined) return { kind: 'link', url };
  if (whole === '\r') return { kind: 'carriage-return' };
  if (whole === '\x08') return { kind: 'backspace' };
  return undefined;
}
