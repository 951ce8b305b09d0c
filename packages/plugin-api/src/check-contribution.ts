import { counterProblem } from './counter-problem.js';

const typePattern = /^[a-z][a-z0-9_-]*$/;
const members = new Set(['type', 'configSchema', 'counters', 'create']);

/** What is wrong with a contribution and what is accepted, in words that begin with the member; undefined: nothing. */
export function contributionProblem(contribution: unknown, pluginId: string): string | undefined {
  if (!isObject(contribution)) return 'is not an object';
  const { type, configSchema, counters = {}, create } = contribution;
  const unknown = Object.keys(contribution).find((name) => !members.has(name));
  if (typeof type !== 'string' || !typePattern.test(type))
    return `type "${String(type)}" must match ${typePattern.source}`;
  if (unknown !== undefined)
    return `type "${type}" has the unknown member "${unknown}"; known: ${[...members].join(', ')}`;
  if (!isObject(configSchema)) return `type "${type}" needs a configSchema, which is a JSON Schema`;
  if (typeof create !== 'function') return `type "${type}" needs a function create`;
  const problem = counterProblem(counters, pluginId);
  return problem === undefined ? undefined : `type "${type}" has ${problem}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
