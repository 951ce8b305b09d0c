import type { ExtensionPoint } from '@danube/plugin-api';
import type { LoggerFactory } from '../../services/ports/logger.js';
import type { Metrics } from '../../services/ports/metrics.js';
import type { Tracer } from '../../services/ports/tracer.js';
import type { PluginLimits } from '../limits.js';
import { asDanubeError, type HideSecrets } from './foreign-errors.js';
import { GuardedSeries } from './guarded-series.js';
import { limitedCall } from './limited-call.js';
import type { PluginCall, PluginContexts } from './plugin-contexts.js';
import { type LimitedTime, withinLimit } from './within-limit.js';

/** What the host watches plugins with. */
export interface GuardTools {
  readonly metrics: Metrics;
  readonly tracer: Tracer;
  readonly loggers: LoggerFactory;
  readonly contexts: PluginContexts;
  readonly limits: PluginLimits;
  readonly hideSecrets: HideSecrets;
}

type Status = 'ok' | 'error' | 'timeout';
const callsTotal = 'danube_plugin_calls_total';

/**
 * The way into one instance. Each call has a span, a count and, where it can wait, a time limit; `read` takes the answer
 * and throws what is wrong with it. Every error comes out as a DanubeError, or as the reason of the caller's signal.
 */
export class CallGuard {
  #inFlight = 0;
  #idle: (() => void)[] = [];

  constructor(
    readonly plugin: string,
    readonly point: ExtensionPoint,
    readonly tools: GuardTools,
  ) {}

  /** A call that does not wait. Nothing can end one that never comes back. */
  sync<T>(method: string, work: () => unknown, read: (answer: unknown) => T): T {
    const call = this.#call(method);
    let outcome = { error: undefined } as { readonly value: T } | { readonly error: unknown };
    const inSpan = this.#span(call, async () => {
      try {
        outcome = { value: read(this.tools.contexts.run(call, work)) };
      } catch (error) {
        outcome = { error };
        throw error;
      }
      return Promise.resolve();
    });
    inSpan.catch(() => undefined);
    if ('value' in outcome) {
      this.#count(call, 'ok');
      return outcome.value;
    }
    this.#count(call, 'error');
    throw asDanubeError(outcome.error, call, this.tools.hideSecrets);
  }

  async async<T>(
    method: string,
    work: (time: LimitedTime) => Promise<unknown>,
    read: (answer: unknown) => T,
    outer?: AbortSignal,
    limitMs = this.tools.limits.callMs,
  ): Promise<T> {
    const call = this.#call(method);
    return this.#tracked(call, outer, async () =>
      read(await limitedCall(call, this.tools.contexts, work, limitMs, outer)),
    );
  }

  /** A series of answers; the time limit is that of each single one, and an unread rest is let go of. */
  async *iterate<T>(
    method: string,
    open: (signal: AbortSignal) => AsyncIterable<unknown>,
    read: (answer: unknown) => T,
    outer: AbortSignal,
  ): AsyncGenerator<T> {
    const call = this.#call(method);
    const series = new GuardedSeries(call, this.tools, open, outer);
    const tracked = this.#tracked(call, outer, () => series.ended);
    tracked.catch(() => undefined);
    try {
      for (let item = await series.next(); item.done !== true; item = await series.next()) yield read(item.value);
    } catch (error) {
      series.close(error);
    } finally {
      series.close();
    }
    await tracked;
  }

  /** Resolves when no call is in the instance, or after the limit. */
  async drained(limitMs: number): Promise<void> {
    if (this.#inFlight === 0) return;
    const idle = new Promise<void>((resolve) => this.#idle.push(resolve));
    await withinLimit(() => idle, limitMs).catch(() => undefined);
  }

  async #tracked<T>(call: PluginCall, outer: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    this.#inFlight += 1;
    try {
      const answer = await this.#span(call, work);
      this.#count(call, 'ok');
      return answer;
    } catch (error) {
      const wrapped = asDanubeError(error, call, this.tools.hideSecrets);
      this.#count(call, wrapped.code === 'plugin_timeout' ? 'timeout' : 'error');
      if (outer?.aborted === true) throw outer.reason;
      throw wrapped;
    } finally {
      this.#inFlight -= 1;
      if (this.#inFlight === 0) for (const resolve of this.#idle.splice(0)) resolve();
    }
  }

  #span<T>(call: PluginCall, work: () => Promise<T>): Promise<T> {
    return this.tools.tracer.span(`plugin ${call.plugin} ${call.point}.${call.method}`, {}, work);
  }

  #count({ plugin, point, method }: PluginCall, status: Status): void {
    this.tools.metrics.count(callsTotal, { plugin, point, method, status });
  }

  #call(method: string): PluginCall {
    return { plugin: this.plugin, point: this.point, method };
  }
}
