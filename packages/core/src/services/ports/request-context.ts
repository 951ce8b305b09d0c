/** What is known about the call that is being served. */
export interface RequestFacts {
  /** Sent by the caller, or made here; stands in every log line and in every error body. */
  readonly requestId: string;
  /** W3C `traceparent` of the caller, already checked for its form. */
  readonly traceparent: string | undefined;
}

/** Carries the facts of a call through everything that is awaited for it, so that no signature has to. */
export interface RequestContext {
  /** Runs `work` with these facts; calls inside see them, calls outside do not. */
  run<T>(facts: RequestFacts, work: () => T): T;
  /** Runs `work` outside of any call: for what goes on after the call that caused it. */
  leave<T>(work: () => T): T;
  /** Undefined outside of any call, for example in a timer. */
  current(): RequestFacts | undefined;
}
