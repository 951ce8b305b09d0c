import type { CounterDeclaration } from './contribution.js';

const typePattern = /^[a-z][a-z0-9_-]*$/;
const labelPattern = /^[a-z][a-z0-9_]{0,49}$/;
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
  if (!isObject(counters)) return `type "${type}" has counters that are no object`;
  const problem = counterProblem(counters, pluginId);
  return problem === undefined ? undefined : `type "${type}" has the counter ${problem}`;
}

function counterProblem(counters: Readonly<Record<string, unknown>>, pluginId: string): string | undefined {
  const prefix = `danube_${pluginId.replaceAll('-', '_')}_`;
  for (const [name, declaration] of Object.entries(counters)) {
    const known = name.startsWith(prefix) && /^(?:[a-z0-9]+_)+total$/.test(name.slice(prefix.length));
    if (!known) return `"${name}"; its name must be ${prefix}…_total, in lower case`;
    if (!isObject(declaration)) return `"${name}", which is not an object`;
    const { help, labels } = declaration as Partial<CounterDeclaration>;
    if (typeof help !== 'string' || help === '') return `"${name}" without help`;
    const right =
      Array.isArray(labels) && labels.every((label) => typeof label === 'string' && labelPattern.test(label));
    if (!right) return `"${name}", whose labels must be a list of names that match ${labelPattern.source}`;
    if (new Set(labels).size !== labels.length) return `"${name}", which has a label twice`;
  }
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
