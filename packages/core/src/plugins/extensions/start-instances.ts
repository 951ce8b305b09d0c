import { type DanubeError, isDanubeError } from '@danube/plugin-api';
import type { SecretReader } from '../../services/secrets/secret-reader.js';
import type { GuardTools } from '../guard/call-guard.js';
import { instanceKey, LiveInstance } from '../instances/live-instance.js';
import type { MatchedEntry } from './match-entries.js';

export interface StartedEntry {
  readonly matched: MatchedEntry;
  readonly instance: LiveInstance;
}

export interface FailedStart {
  readonly matched: MatchedEntry;
  readonly error: DanubeError;
}

export interface StartedInstances {
  readonly started: readonly StartedEntry[];
  readonly failed: readonly FailedStart[];
  /** Those that were not there before. */
  readonly fresh: readonly LiveInstance[];
}

/**
 * An instance for each entry: the present one where it already is what the entry asks for, else a new one. Failures are
 * those of single entries.
 * @throws the signal's reason; whatever was started is stopped then
 */
export async function startInstances(
  entries: readonly MatchedEntry[],
  present: ReadonlyMap<string, LiveInstance>,
  tools: GuardTools,
  secrets: () => SecretReader,
  signal: AbortSignal,
): Promise<StartedInstances> {
  const fresh: LiveInstance[] = [];
  const start = async (matched: MatchedEntry): Promise<StartedEntry | FailedStart> => {
    const { contribution, entry } = matched;
    const key = instanceKey(contribution, entry);
    const reused = present.get(key);
    if (reused !== undefined) return { matched, instance: reused };
    let instance: LiveInstance | undefined;
    try {
      instance = new LiveInstance(key, contribution, entry, tools, secrets);
      fresh.push(instance);
      await instance.start(signal);
      return { matched, instance };
    } catch (error) {
      if (!isDanubeError(error)) throw error;
      await instance?.stop(0);
      return { matched, error };
    }
  };
  const outcomes = await Promise.allSettled(entries.map(start));
  const broken = outcomes.find((outcome) => outcome.status === 'rejected');
  if (broken !== undefined || signal.aborted) {
    await Promise.all(fresh.map((instance) => instance.stop(0)));
    throw signal.aborted ? signal.reason : broken?.reason;
  }
  const settled = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const started = settled.filter((one) => 'instance' in one);
  return {
    started,
    failed: settled.filter((one) => 'error' in one),
    fresh: fresh.filter((instance) => started.some((one) => one.instance === instance)),
  };
}
