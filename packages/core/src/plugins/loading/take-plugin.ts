import { contributionsOf, extensionPoints, type Plugin } from '@danube/plugin-api';
import type { ContributedType } from '../packages/manifest.js';
import { checkDescription, keyOf } from './check-description.js';
import type { LoadedContribution, LoadedPlugin } from './loaded-plugin.js';
import { describePlugin } from './plugin-description.js';

interface Facts extends Omit<LoadedPlugin, 'contributions'> {
  readonly contributes: readonly ContributedType[];
  readonly secrets: boolean;
}

/** Takes a plugin's value, after it kept its promises. @throws as {@link checkDescription} */
export function takePlugin(value: Plugin, { contributes, secrets, ...facts }: Facts): LoadedPlugin {
  const promised = { name: facts.package, id: facts.id, contributes, secrets };
  const validators = checkDescription(describePlugin(value), promised);
  const contributions: LoadedContribution[] = [];
  const plugin: LoadedPlugin = { ...facts, contributions };
  for (const point of extensionPoints) {
    for (const contribution of contributionsOf(value, point)) {
      const validate = validators.get(keyOf(point, contribution.type));
      if (validate !== undefined) contributions.push({ plugin, point, contribution, validate });
    }
  }
  return plugin;
}

/** A plugin inside of core promises just what it holds. */
export function takeBuiltIn(value: Plugin, version: string): LoadedPlugin {
  const contributes = extensionPoints.flatMap((point) =>
    contributionsOf(value, point).map(({ type }) => ({ point, type })),
  );
  return takePlugin(value, {
    package: `built-in ${value.id}`,
    id: value.id,
    version,
    origin: 'built_in',
    folder: undefined,
    contributes,
    secrets: true,
  });
}
