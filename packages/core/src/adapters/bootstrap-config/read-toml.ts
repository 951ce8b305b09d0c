import { distance } from 'fastest-levenshtein';
import { parse, TomlError } from 'smol-toml';
import { closest } from '../../domain/config/did-you-mean.js';
import { locateTomlKey } from './locate-toml-key.js';
import { settingList } from './settings.js';

/** Values by `section.key`, and problems in the form `file:line:column: text`. */
export interface TomlContent {
  readonly values: ReadonlyMap<string, unknown>;
  readonly problems: readonly string[];
  /** `file:line:column` of a key. */
  locate(key: string): string;
}

const sections = [...new Set(settingList.map((setting) => setting.section))];

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function unknown(what: string, name: string, known: readonly string[]): string {
  const guess = closest(name, known, distance);
  const hint = guess === undefined ? `accepted: ${known.join(', ')}` : `did you mean "${guess}"?`;
  return `unknown ${what} "${name}"; ${hint}`;
}

function parseToml(source: string, file: string): { tables: Record<string, unknown>; problem: string | undefined } {
  try {
    return { tables: parse(source), problem: undefined };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const reason = (error.message.split('\n')[0] ?? '').replace('Invalid TOML document: ', '');
    return { tables: {}, problem: `${file}:${error.line}:${error.column}: this is no TOML: ${reason}` };
  }
}

export function readToml(source: string, file: string): TomlContent {
  const { tables, problem } = parseToml(source, file);
  const values = new Map<string, unknown>();
  const problems = problem === undefined ? [] : [problem];
  const locate = (key: string): string => {
    const { line, column } = locateTomlKey(source, key);
    return `${file}:${line}:${column}`;
  };
  for (const [section, table] of Object.entries(tables)) {
    if (!sections.includes(section)) {
      problems.push(`${locate(section)}: ${unknown(isTable(table) ? 'section' : 'key', section, sections)}`);
    } else if (!isTable(table)) {
      problems.push(`${locate(section)}: "${section}" must be a section: write [${section}]`);
    } else {
      const known = settingList.filter((setting) => setting.section === section).map((setting) => setting.key);
      for (const [key, value] of Object.entries(table)) {
        const name = `${section}.${key}`;
        if (known.includes(key)) values.set(name, value);
        else problems.push(`${locate(name)}: ${unknown(`key in [${section}]`, key, known)}`);
      }
    }
  }
  return { values, problems, locate };
}
