import { DanubeError } from '@danube/plugin-api';
import type { Isolation } from './isolation.js';

export type WantedIsolation = 'auto' | Isolation['mode'];

/** One way to isolate jobs: what it found, or why it does not work here and what to do about that. */
export type Attempt<T extends Isolation> =
  { readonly isolation: T } | { readonly problem: string; readonly remedy: string };

export interface Ways {
  readonly bubblewrap: () => Promise<Attempt<Isolation>>;
  readonly user: () => Promise<Attempt<Isolation>>;
}

/**
 * The isolation that was asked for; for "auto" the best that works here.
 * @throws DanubeError `isolation_unavailable` (invalid) when one that was asked for by name does not work
 */
export async function chooseIsolation(wanted: Exclude<WantedIsolation, 'none'>, ways: Ways): Promise<Isolation> {
  const remedies: string[] = [];
  for (const way of wanted === 'auto' ? (['bubblewrap', 'user'] as const) : [wanted]) {
    const attempt = await ways[way]();
    if ('isolation' in attempt) return attempt.isolation;
    if (wanted !== 'auto') throw unavailable(wanted, attempt.problem, attempt.remedy);
    remedies.push(`${attempt.problem}: ${attempt.remedy}`);
  }
  return { mode: 'none', advice: remedies.join('; or, as ') };
}

function unavailable(wanted: string, problem: string, remedy: string): DanubeError {
  return new DanubeError(
    'isolation_unavailable',
    `runtime.isolation is "${wanted}", and ${problem}: ${remedy}, or set another one of "auto", "bubblewrap", "user", "none"`,
    { category: 'invalid' },
  );
}
