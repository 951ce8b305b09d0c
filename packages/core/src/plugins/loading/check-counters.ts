import { counterProblem, DanubeError } from '@danube/plugin-api';

/** @throws DanubeError `plugin_counter_invalid` (invalid) naming the counter that is wrong and what is accepted */
export function checkCounters(counters: unknown, id: string, whose: string): void {
  if (counters === undefined) return;
  const problem = counterProblem(counters, id);
  if (problem === undefined) return;
  throw new DanubeError('plugin_counter_invalid', `${whose} has ${problem}`, { category: 'invalid' });
}
