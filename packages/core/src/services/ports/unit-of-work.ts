/** The one way to make several writes one: all or nothing, serialised with every other writer. */
export interface UnitOfWork {
  /** Runs `work` in a transaction; every repository called inside joins it, and a nested call joins the outer one. */
  run<T>(work: () => Promise<T>): Promise<T>;
}
