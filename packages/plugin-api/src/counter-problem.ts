import type { CounterDeclaration } from './contribution.js';

const labelPattern = /^[a-z][a-z0-9_]{0,49}$/;
const members = new Set(['help', 'labels']);
const most = { counters: 20, labels: 5, help: 500 };

/**
 * What is wrong with the counters that a contribution declares and what is accepted, in words; undefined: nothing. Both
 * {@link definePlugin} and the host, for plugins that were made without it, call it.
 */
export function counterProblem(counters: unknown, pluginId: string): string | undefined {
  if (!isObject(counters)) return 'counters that are no object';
  if (Object.keys(counters).length > most.counters) return `more than ${most.counters} counters`;
  const prefix = `danube_${pluginId.replaceAll('-', '_')}_`;
  for (const [name, declaration] of Object.entries(counters)) {
    const known = name.startsWith(prefix) && /^(?:[a-z0-9]+_)+total$/.test(name.slice(prefix.length));
    if (!known) return `the counter "${name}"; its name must be ${prefix}…_total, in lower case`;
    const problem = declarationProblem(declaration);
    if (problem !== undefined) return `the counter "${name}"${problem}`;
  }
  return undefined;
}

function declarationProblem(declaration: unknown): string | undefined {
  if (!isObject(declaration)) return ', which is not an object';
  const { help, labels } = declaration as Partial<CounterDeclaration>;
  const unknown = Object.keys(declaration).find((name) => !members.has(name));
  if (unknown !== undefined) return ` with the unknown member "${unknown}"; known: ${[...members].join(', ')}`;
  if (typeof help !== 'string' || help === '') return ' without help';
  if (help.length > most.help) return `, whose help is longer than ${most.help} characters`;
  const right = Array.isArray(labels) && labels.every((label) => typeof label === 'string' && labelPattern.test(label));
  if (!right) return `, whose labels must be a list of names that match ${labelPattern.source}`;
  if (labels.length > most.labels) return ` with more than ${most.labels} labels`;
  return new Set(labels).size === labels.length ? undefined : ', which has a label twice';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
