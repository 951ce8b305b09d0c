import { EVENT_ID, constructFromEvents, CORE_SCHEMA, parseEvents, YAMLException } from 'js-yaml';
import type { Position } from '../../domain/config/config-document.js';
import { YamlPositions } from './yaml-positions.js';
import { maxAliases, maxValues, yamlLimits } from './yaml-limits.js';

export interface YamlProblem extends Position {
  readonly message: string;
  readonly suggestion: string | undefined;
}

export interface YamlDocument {
  readonly value: unknown;
  /** Line of its first value. */
  readonly line: number;
}

export type YamlContent =
  | { readonly documents: readonly YamlDocument[]; readonly positions: YamlPositions }
  | { readonly problem: YamlProblem };

/** What the parser says, and what to tell instead and to advise. */
const explanations: readonly (readonly [RegExp, string | undefined, string])[] = [
  [/tab characters/, 'a tab stands in the indentation', 'indent with spaces'],
  [/duplicated mapping key/, undefined, 'remove one of the two'],
  [/maxAliases/, `more than ${maxAliases} aliases in one document`, 'write the values out'],
  [/maxDepth/, `nested more than ${yamlLimits.maxDepth} levels deep`, 'a document needs about five levels'],
  [/unidentified alias/, undefined, 'define the anchor above its first use'],
  [/unknown .*tag/, 'tags such as !name are not supported', 'write a plain value'],
  [/null byte|non-printable/, 'the file holds binary data', 'save it as UTF-8 text'],
  [/bad indentation|deficient indentation/, undefined, 'align it with its neighbours, and quote text that holds ": "'],
];

function explain(error: YAMLException, text: string, positions: YamlPositions): YamlProblem {
  const known = explanations.find(([pattern]) => pattern.test(error.reason));
  const offset = error.mark?.position ?? 0;
  let message = known?.[1] ?? error.reason;
  if (/duplicated mapping key/.test(error.reason)) {
    const key = /^["']?([^\s"':,}\]]{0,100})/.exec(text.slice(offset))?.[1] ?? '';
    message = `the key "${key}" stands twice`;
  }
  return { ...positions.at(offset), message, suggestion: known?.[2] };
}

/** Ends as soon as the budget is spent, whatever the size. */
function countValues(value: unknown, budget: number): number {
  let left = budget - 1;
  if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) {
      if (left < 0) break;
      left = countValues(item, left);
    }
  }
  return left;
}

function documentStarts(events: ReturnType<typeof parseEvents>): readonly number[] {
  return events.flatMap((event, index) => {
    const root = events[index + 1];
    if (event.type !== EVENT_ID.DOCUMENT || root === undefined) return [];
    if ('start' in root) return [root.start];
    return ['valueStart' in root ? root.valueStart : 0];
  });
}

/** Every document of a YAML text, or the first thing that is wrong with it. */
export function readYaml(text: string): YamlContent {
  const positions = new YamlPositions(text);
  try {
    const events = parseEvents(text, yamlLimits);
    const values = constructFromEvents(events, { source: text, schema: CORE_SCHEMA, maxAliases });
    const hasAliases = events.some((event) => event.type === EVENT_ID.ALIAS);
    if (hasAliases && values.some((value) => countValues(value, maxValues) < 0)) {
      const message = `aliases make more than ${maxValues} values of one document`;
      return { problem: { line: 1, column: 1, message, suggestion: 'write the values out' } };
    }
    const starts = documentStarts(events);
    return {
      documents: values.map((value, index) => ({ value, line: positions.at(starts[index] ?? 0).line })),
      positions,
    };
  } catch (error) {
    if (error instanceof YAMLException) return { problem: explain(error, text, positions) };
    const message = `this cannot be read: ${(error as Error).message}`;
    return { problem: { line: 1, column: 1, message, suggestion: undefined } };
  }
}

/** Like {@link readYaml} for a JSON text, where only JSON is accepted; an array at the top holds several documents. */
export function readJson(text: string): YamlContent {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const message = (error as Error).message;
    const position = /at position (\d+)/.exec(message)?.[1];
    const offset = position === undefined ? text.length : Number(position);
    const reason = message.replace(/ in JSON at position.*$/, '');
    return {
      problem: { ...new YamlPositions(text).at(offset), message: `this is no JSON: ${reason}`, suggestion: undefined },
    };
  }
  return readYaml(text);
}
