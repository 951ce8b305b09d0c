/** Takes counters that only become known while the server runs: those of plugins. */
export interface CounterRegistry {
  /**
   * Makes `Metrics.count` accept the counter. The same declaration again changes nothing.
   * @throws DanubeError `metric_name_taken` (conflict) where the name stands for something else
   */
  declareCounter(name: string, help: string, labels: readonly string[]): void;
}
