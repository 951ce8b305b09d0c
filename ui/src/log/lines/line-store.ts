/** How many lines are asked for at once. */
export const chunkLines = 250;
/** Characters kept, in the chunks that were looked at last. */
const mostCharacters = 8_000_000;

interface Chunk {
  /** By place in the chunk; a hole where a line has not come yet. */
  readonly lines: (string | undefined)[];
  characters: number;
}

/** The lines of a log that are in memory: chunks around what is looked at, and what came live. */
export class LineStore {
  /** The chunk that was looked at last is last. */
  readonly #chunks = new Map<number, Chunk>();
  #characters = 0;

  constructor(private readonly limit = mostCharacters) {}

  /** Undefined where the line is not in memory. Lines count from 1. */
  get(line: number): string | undefined {
    return this.#touch(chunkOf(line))?.lines[placeOf(line)];
  }

  put(line: number, text: string): void {
    const number = chunkOf(line);
    const chunk = this.#touch(number) ?? { lines: [], characters: 0 };
    this.#chunks.set(number, chunk);
    const growth = text.length - (chunk.lines[placeOf(line)]?.length ?? 0);
    chunk.lines[placeOf(line)] = text;
    chunk.characters += growth;
    this.#characters += growth;
    this.#evict(number);
  }

  /** The chunks of those of these lines that are not in memory. */
  missing(lines: readonly number[]): readonly number[] {
    return [...new Set(lines.filter((line) => this.get(line) === undefined).map(chunkOf))];
  }

  get characters(): number {
    return this.#characters;
  }

  #touch(number: number): Chunk | undefined {
    const chunk = this.#chunks.get(number);
    if (chunk === undefined) return undefined;
    this.#chunks.delete(number);
    this.#chunks.set(number, chunk);
    return chunk;
  }

  #evict(kept: number): void {
    for (const [number, chunk] of this.#chunks) {
      if (this.#characters <= this.limit || number === kept) return;
      this.#chunks.delete(number);
      this.#characters -= chunk.characters;
    }
  }
}

/** The first and the last line of a chunk. */
export function linesOfChunk(chunk: number): { readonly first: number; readonly last: number } {
  return { first: chunk * chunkLines + 1, last: (chunk + 1) * chunkLines };
}

export function chunkOf(line: number): number {
  return Math.floor((line - 1) / chunkLines);
}

function placeOf(line: number): number {
  return (line - 1) % chunkLines;
}
