import { maxListedProblems, type StorageCheck, type StorageProblem } from '../../domain/retention/storage-problem.js';

/** Collects what a check finds. */
export class FoundProblems {
  readonly #listed: StorageProblem[] = [];
  #found = 0;
  #repaired = 0;

  add(kind: StorageProblem['kind'], subject: string, repaired: boolean): void {
    this.#found += 1;
    if (repaired) this.#repaired += 1;
    if (this.#listed.length < maxListedProblems) this.#listed.push({ kind, subject, repaired });
  }

  result(): StorageCheck {
    return { found: this.#found, repaired: this.#repaired, problems: this.#listed };
  }
}
