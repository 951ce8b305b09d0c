/** Neighbouring lines of one step, from 1 and inclusive. */
export interface Section {
  readonly name: string;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Which step printed which lines, as far as it is known, in order. Neighbours of one step are one section. */
export class StepSections {
  #sections: Section[] = [];

  get all(): readonly Section[] {
    return this.#sections;
  }

  /** Number of the last line that is known to belong to a step. */
  get lastLine(): number {
    return this.#sections.at(-1)?.lastLine ?? 0;
  }

  /** Number of the first line that nothing is known of; more may be missing behind it. */
  get firstMissing(): number {
    let next = 1;
    for (const { firstLine, lastLine } of this.#sections) {
      if (firstLine > next) break;
      next = lastLine + 1;
    }
    return next;
  }

  /** Adds what of a section is not known yet. */
  add({ name, firstLine, lastLine }: Section): void {
    const at = this.#indexOf(firstLine);
    const before = this.#sections[at - 1];
    const after = this.#sections[at];
    const first = Math.max(firstLine, (before?.lastLine ?? 0) + 1);
    const last = Math.min(lastLine, (after?.firstLine ?? Infinity) - 1);
    if (first <= last) this.#insert(at, { name, firstLine: first, lastLine: last });
    // what reaches past the section behind it
    if (after !== undefined && lastLine > after.lastLine) this.add({ name, firstLine: after.lastLine + 1, lastLine });
  }

  /** Index of the first section that begins behind the line. */
  #indexOf(line: number): number {
    let low = 0;
    let high = this.#sections.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sections[middle]?.firstLine ?? 0) <= line) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #insert(at: number, section: Section): void {
    const before = this.#sections[at - 1];
    const after = this.#sections[at];
    const joinsBefore = before?.name === section.name && before.lastLine + 1 === section.firstLine;
    const joinsAfter = after?.name === section.name && section.lastLine + 1 === after.firstLine;
    const from = joinsBefore ? at - 1 : at;
    const joined = {
      name: section.name,
      firstLine: joinsBefore ? before.firstLine : section.firstLine,
      lastLine: joinsAfter ? after.lastLine : section.lastLine,
    };
    this.#sections.splice(from, Number(joinsBefore) + Number(joinsAfter), joined);
  }
}
