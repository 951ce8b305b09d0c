/** Counts and durations that the use cases report. Names and labels are listed in docs/reference/metrics.md. */
export interface Metrics {
  /** Adds to a counter that the telemetry adapter declares. */
  count(name: string, labels?: Readonly<Record<string, string>>, by?: number): void;
  /** Records a duration in seconds. */
  observe(name: string, seconds: number, labels?: Readonly<Record<string, string>>): void;
  /** Sets a gauge. */
  set(name: string, value: number, labels?: Readonly<Record<string, string>>): void;
}
