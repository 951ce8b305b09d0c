/** Spans around the use cases; a no-op unless telemetry is configured. */
export interface Tracer {
  /**
   * Runs `work` in a span that is the child of the current one, or of `parent` (W3C `traceparent` of another process);
   * a thrown error marks the span as failed.
   */
  span<T>(
    name: string,
    attributes: Readonly<Record<string, string | number | boolean>>,
    work: () => Promise<T>,
    parent?: string,
  ): Promise<T>;
  /** W3C `traceparent` of the current span, to hand on to another process; without telemetry, the one that the caller sent. */
  traceparent(): string | undefined;
}
