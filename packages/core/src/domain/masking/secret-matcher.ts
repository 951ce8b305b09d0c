import { PatternAutomaton } from './pattern-automaton.js';
import { SkipTable } from './skip-table.js';
import { valueForms } from './value-forms.js';

/** Bytes from `start` to before `end` that give a secret away. */
export interface Match {
  readonly start: number;
  readonly end: number;
}

export interface Scan {
  /** In order, apart from each other. */
  readonly matches: readonly Match[];
  /** Where the first match begins that needs more bytes to be told; the number of bytes where there is none. */
  readonly open: number;
}

/** Fewer bytes of a pattern than these are read again rather than followed: leaps are faster, and mostly nothing comes of them. */
const worthKeeping = 8;
/** What replaces a secret, whatever its length. */
const replacement = Buffer.from('***');

/** Finds values, in whichever form of {@link valueForms} they stand, in bytes. What it finds depends on the bytes alone. */
export class SecretMatcher {
  readonly #automaton: PatternAutomaton | undefined;
  readonly #skip: SkipTable | undefined;

  constructor(values: Iterable<string>) {
    const forms = new Set<string>();
    for (const value of values) for (const form of valueForms(value)) forms.add(form);
    if (forms.size === 0) return;
    const patterns = [...forms].map((form) => Buffer.from(form));
    this.#automaton = new PatternAutomaton(patterns);
    this.#skip = new SkipTable(patterns);
  }

  /** What there is to find before `until`; bytes after it are read as far as they decide about that. */
  scan(bytes: Buffer, until = bytes.length): Scan {
    const matches: Match[] = [];
    const automaton = this.#automaton;
    const skip = this.#skip;
    if (automaton === undefined || skip === undefined) return { matches, open: bytes.length };
    let at = 0;
    let state = 0;
    /** Where what has been read of a pattern begins, and where that was when the automaton took over from the leaps. */
    let begin = 0;
    let entered = 0;
    while (at < bytes.length) {
      if (state === 0) at = begin = entered = skip.nextCandidate(bytes, at);
      if (begin >= until || at === bytes.length) break;
      state = automaton.next(state, bytes[at]!);
      at += 1;
      const length = automaton.ending[state]!;
      if (length > 0) addMatch(matches, { start: at - length, end: at });
      begin = at - automaton.depth[state]!;
      if (begin > entered && at - begin < worthKeeping) {
        at = begin;
        state = 0;
      }
    }
    return { matches, open: at < bytes.length ? bytes.length : begin };
  }

  /** The bytes with each match replaced; the same buffer where there is none. */
  mask(bytes: Buffer): Buffer {
    return replaceMatches(bytes, this.scan(bytes).matches);
  }

  maskText(text: string): string {
    return this.mask(Buffer.from(text)).toString();
  }
}

export function replaceMatches(bytes: Buffer, matches: readonly Match[]): Buffer {
  if (matches.length === 0) return bytes;
  const pieces: Buffer[] = [];
  let at = 0;
  for (const { start, end } of matches) {
    pieces.push(bytes.subarray(at, start), replacement);
    at = end;
  }
  pieces.push(bytes.subarray(at));
  return Buffer.concat(pieces);
}

/** One may cover those before it, and those that touch become one. */
function addMatch(matches: Match[], { start, end }: Match): void {
  let merged = { start, end };
  for (let last = matches.at(-1); last !== undefined && last.end >= merged.start; last = matches.at(-1)) {
    merged = { start: Math.min(merged.start, last.start), end: Math.max(merged.end, last.end) };
    matches.pop();
  }
  matches.push(merged);
}
