/** The numbers of found lines in order: up to a million, so that they are kept in few bytes. */
export class Hits {
  #lines = new Uint32Array(1024);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Lines behind those that are there. */
  add(lines: readonly number[]): void {
    while (this.#count + lines.length > this.#lines.length) {
      const larger = new Uint32Array(this.#lines.length * 2);
      larger.set(this.#lines);
      this.#lines = larger;
    }
    this.#lines.set(lines, this.#count);
    this.#count += lines.length;
  }

  /** The line of a hit, counted from 0; undefined where there are fewer. */
  at(index: number): number | undefined {
    return index < this.#count ? this.#lines[index] : undefined;
  }

  has(line: number): boolean {
    return this.at(this.firstFrom(line)) === line;
  }

  /** Index of the first hit at or behind the line; the count where there is none. */
  firstFrom(line: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#lines[middle] ?? 0) < line) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** One line of each of `buckets` equal parts of a log that holds a hit: what a scrollbar can show. */
  marks(lines: number, buckets: number): readonly number[] {
    const marks: number[] = [];
    for (let bucket = 0; bucket < buckets; bucket++) {
      const line = this.at(this.firstFrom(Math.floor((bucket * lines) / buckets) + 1));
      if (line === undefined) break;
      if (line <= Math.floor(((bucket + 1) * lines) / buckets)) marks.push(line);
    }
    return marks;
  }
}
