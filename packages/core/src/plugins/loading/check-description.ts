import { DanubeError, type ExtensionPoint } from '@danube/plugin-api';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { ContributedType } from '../packages/manifest.js';
import { checkCounters } from './check-counters.js';
import { compileConfigSchema } from './config-schema.js';
import type { PluginDescription } from './plugin-description.js';

const typePattern = /^[a-z][a-z0-9_-]{0,63}$/;

/** What the manifest promises of a plugin. */
export interface Promised {
  readonly name: string;
  readonly id: string;
  readonly contributes: readonly ContributedType[];
  readonly secrets: boolean;
}

export const keyOf = (point: ExtensionPoint, type: string): string => `${point}/${type}`;

/**
 * Compares what a plugin holds with what its manifest promised, and answers its compiled schemas by {@link keyOf}.
 * @throws DanubeError `plugin_manifest_mismatch`, `plugin_contribution_invalid`, `plugin_schema_invalid` (all invalid)
 */
export function checkDescription(
  description: PluginDescription,
  { name, id, contributes, secrets }: Promised,
): ReadonlyMap<string, ValidateFunction> {
  if (description.id !== id) {
    throw mismatch(name, `the manifest says id "${id}" and the plugin "${String(description.id)}"`);
  }
  const validators = new Map<string, ValidateFunction>();
  for (const { point, type, configSchema, counters, create } of description.contributions) {
    if (typeof type !== 'string' || !typePattern.test(type)) {
      throw contributionInvalid(name, `${point} type "${String(type)}" must match ${typePattern.source}`);
    }
    const key = keyOf(point, type);
    if (create !== 'function') throw contributionInvalid(name, `${key} has no function "create"`);
    if (validators.has(key)) throw contributionInvalid(name, `${key} is declared twice`);
    validators.set(key, compileConfigSchema(configSchema, `${key} of ${name}`));
    checkCounters(counters, id, `${key} of ${name}`);
    if (!secrets && JSON.stringify(configSchema).includes('"danube-secret"')) {
      throw mismatch(name, `${key} names secrets, and the manifest does not say "capabilities": {"secrets": true}`);
    }
  }
  compareTypes(name, new Set(contributes.map(({ point, type }) => keyOf(point, type))), new Set(validators.keys()));
  return validators;
}

function compareTypes(name: string, promised: ReadonlySet<string>, held: ReadonlySet<string>): void {
  const missing = [...promised].filter((key) => !held.has(key));
  const hidden = [...held].filter((key) => !promised.has(key));
  if (missing.length > 0) throw mismatch(name, `the manifest promises ${missing.join(', ')}, which the plugin lacks`);
  if (hidden.length > 0) throw mismatch(name, `the plugin holds ${hidden.join(', ')}, which the manifest hides`);
}

function mismatch(name: string, why: string): DanubeError {
  return new DanubeError('plugin_manifest_mismatch', `the manifest of ${name} does not tell the truth: ${why}`, {
    category: 'invalid',
  });
}

function contributionInvalid(name: string, why: string): DanubeError {
  return new DanubeError('plugin_contribution_invalid', `${name} is not accepted: ${why}`, { category: 'invalid' });
}
