import { timedOut } from './foreign-errors.js';
import type { PluginCall, PluginContexts } from './plugin-contexts.js';
import { type LimitedTime, LimitPassed, withinLimit } from './within-limit.js';

/** Plugin code in its context and its limit. @throws DanubeError `plugin_timeout` (unavailable), or what the code throws */
export async function limitedCall<T>(
  call: PluginCall,
  contexts: PluginContexts,
  work: (time: LimitedTime) => Promise<T>,
  limitMs: number,
  outer?: AbortSignal,
): Promise<T> {
  try {
    return await withinLimit((time) => contexts.run(call, async () => work(time)), limitMs, outer);
  } catch (error) {
    throw error instanceof LimitPassed ? timedOut(call, limitMs) : error;
  }
}
