import type { ErrorObject } from 'ajv/dist/2020.js';
import type { IntegrationEntry, Integrations } from '../../domain/config/integrations.js';
import type { SettingsProblem } from '../../domain/config/settings-problem.js';
import { propertiesOf } from '../loading/config-schema.js';
import type { LoadedContribution } from '../loading/loaded-plugin.js';
import { promises } from '../packages/manifest.js';
import type { EnabledPlugins, FailedPlugin } from './enabled-plugins.js';
import { type Section, sections } from './sections.js';

/** How the reader of configuration files puts things. */
export interface Wording {
  /** One of the validator's errors in words; undefined where another one says the same better. */
  explain(error: ErrorObject, root: unknown): SettingsProblem | undefined;
  /** `did you mean "x"?`, or the list of what is accepted. */
  suggest(word: string, candidates: readonly string[]): string;
  /** The candidate that was probably meant. */
  closest(word: string, candidates: readonly string[]): string | undefined;
}

/** An entry and what makes its instance. */
export interface MatchedEntry {
  readonly section: Section;
  readonly index: number;
  readonly entry: IntegrationEntry;
  readonly contribution: LoadedContribution;
  /** Its own keys as the type's schema sees them; with any, no instance can be made. */
  readonly problems: readonly SettingsProblem[];
}

/** An entry whose plugin failed, or may be one that failed. */
export interface OrphanedEntry {
  readonly section: Section;
  readonly entry: IntegrationEntry;
  readonly plugins: readonly FailedPlugin[];
}

export interface UnknownEntry {
  readonly section: Section;
  readonly index: number;
  readonly entry: IntegrationEntry;
}

export interface MatchedEntries {
  readonly matched: readonly MatchedEntry[];
  readonly orphaned: readonly OrphanedEntry[];
  readonly unknown: readonly UnknownEntry[];
  /** Names that stand twice. */
  readonly problems: readonly SettingsProblem[];
}

/** Finds for each entry of the settings the contribution that has its type, and checks the entry with its schema. */
export function matchEntries(integrations: Integrations, enabled: EnabledPlugins, wording: Wording): MatchedEntries {
  const matched: MatchedEntry[] = [];
  const orphaned: OrphanedEntry[] = [];
  const unknown: UnknownEntry[] = [];
  const problems: SettingsProblem[] = [];
  for (const section of sections) {
    const entries = section.entries(integrations);
    for (const [index, entry] of entries.entries()) {
      const first = entries.findIndex(({ name }) => name === entry.name);
      if (first < index) problems.push(duplicateName(section, index, entry, first));
      const contribution = enabled.types.find(section.point, entry.type);
      const failed = enabled.failed.filter(({ manifest }) => promises(manifest, section.point, entry.type));
      if (contribution !== undefined) {
        matched.push({
          section,
          index,
          entry,
          contribution,
          problems: configProblems(section, index, entry, contribution, wording),
        });
      } else if (failed.length > 0) orphaned.push({ section, entry, plugins: failed });
      else unknown.push({ section, index, entry });
    }
  }
  return { matched, orphaned, unknown, problems };
}

function duplicateName({ key }: Section, index: number, { name }: IntegrationEntry, first: number): SettingsProblem {
  return {
    path: [key, index, 'name'],
    atKey: false,
    message: `the name "${name}" stands twice, first at ${key}[${first}]`,
    suggestion: 'give one of the two another name',
  };
}

function configProblems(
  { key, ownKeys }: Section,
  index: number,
  { config }: IntegrationEntry,
  { validate, contribution }: LoadedContribution,
  wording: Wording,
): readonly SettingsProblem[] {
  if (validate(config)) return [];
  const known = [...Object.keys(propertiesOf(contribution.configSchema)), ...ownKeys];
  return (validate.errors ?? []).flatMap((error) => {
    const explained = wording.explain(error, config);
    if (explained === undefined) return [];
    const misspelt =
      error.keyword === 'additionalProperties' && error.instancePath === ''
        ? { suggestion: wording.suggest(String(explained.path.at(-1)), known) }
        : {};
    return [{ ...explained, ...misspelt, path: [key, index, ...explained.path] }];
  });
}
