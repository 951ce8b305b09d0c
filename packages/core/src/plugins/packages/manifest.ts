import type { ExtensionPoint } from '@danube/plugin-api';
import type { PackageOrigin } from './find-packages.js';

export interface ContributedType {
  readonly point: ExtensionPoint;
  readonly type: string;
}

/** What a plugin says about itself in package.json, readable without running anything of it. */
export interface PluginManifest {
  readonly package: string;
  readonly version: string;
  readonly folder: string;
  readonly origin: PackageOrigin;
  readonly id: string;
  /** Absolute path of the module whose default export is the plugin. */
  readonly entry: string;
  /** Versions of `@danube/plugin-api` that it works with; undefined where it does not say. */
  readonly apiRange: string | undefined;
  readonly contributes: readonly ContributedType[];
  readonly capabilities: {
    /** Whether its configuration may name secrets. */
    readonly secrets: boolean;
    /** What it connects to, for the administrator to read: a host, or what configures it. */
    readonly network: readonly string[] | boolean;
  };
  /** Absolute path of the module that runs the conformance kits; undefined where it brings none. */
  readonly conformance: string | undefined;
}

/** Whether a plugin says that it adds a type; one whose manifest cannot be read says nothing. */
export function promises(manifest: PluginManifest | undefined, point: ExtensionPoint, type: string): boolean {
  return manifest?.contributes.some((one) => one.point === point && one.type === type) ?? false;
}
