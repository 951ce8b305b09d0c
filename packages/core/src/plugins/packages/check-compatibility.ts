import { DanubeError } from '@danube/plugin-api';
import { satisfies, validRange } from 'semver';
import type { PluginManifest } from './manifest.js';

/** A range that holds it has no upper end. */
const lastOfAll = `${Number.MAX_SAFE_INTEGER}.0.0`;

/**
 * Whether a plugin works with this core, decided by its manifest alone.
 * @throws DanubeError `plugin_incompatible` (invalid) saying which version to install
 */
export function checkCompatibility(manifest: PluginManifest, apiVersion: string): void {
  const { package: name, version, apiRange } = manifest;
  const field = `peerDependencies["@danube/plugin-api"] of ${name} ${version}`;
  if (apiRange === undefined) throw incompatible(`${field} is missing: name the versions that it works with`);
  const range = validRange(apiRange);
  if (range === null) throw incompatible(`${field} is "${apiRange}", which is no range; write one such as "^1.0.0"`);
  if (satisfies(lastOfAll, range)) {
    throw incompatible(
      `${field} is "${apiRange}", which has no upper end; write the range that it was tested with, such as "^${apiVersion}"`,
    );
  }
  if (!satisfies(apiVersion, range, { includePrerelease: true })) {
    throw incompatible(
      `${name} ${version} works with @danube/plugin-api ${apiRange}, and this core has ${apiVersion}: ` +
        'install a version of the plugin that fits, or another version of Danube',
    );
  }
}

function incompatible(message: string): DanubeError {
  return new DanubeError('plugin_incompatible', message, { category: 'invalid' });
}
