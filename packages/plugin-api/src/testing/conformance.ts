import assert from 'node:assert/strict';
import type { Contribution } from '../contribution.js';
import {
  contributionsOf,
  extensionPoints,
  type ExtensionPoint,
  type InstanceOf,
  type Plugin,
} from '../define-plugin.js';
import { testBuilder, type BuilderSamples } from './builder/test-builder.js';
import type { ForgeSamples } from './forge/forge-samples.js';
import { testForge } from './forge/test-forge.js';
import { testGitAuthMethod, type GitAuthSamples } from './git-auth/test-git-auth-method.js';
import type { TestFunction } from './kit/test-function.js';
import { testManifest } from './manifest-checks.js';
import { testNotifier, type NotifierSamples } from './notifier/test-notifier.js';
import type { StorageSamples } from './storage/storage-check.js';
import { testStorage } from './storage/test-storage.js';

/** What the kit of each extension point needs for one contribution. */
export interface SamplesOf {
  readonly forges: ForgeSamples;
  readonly gitAuthMethods: GitAuthSamples;
  readonly notifiers: NotifierSamples;
  readonly builders: BuilderSamples;
  readonly storages: StorageSamples;
}

/** Samples for everything that a plugin adds, by extension point and `type`. */
export type Conformance = {
  /** The plugin's package.json: `new URL('../package.json', import.meta.url)`. */
  readonly packageFile: URL;
} & { readonly [Point in ExtensionPoint]?: Readonly<Record<string, SamplesOf[Point]>> };

type Kits = {
  readonly [Point in ExtensionPoint]: (
    test: TestFunction,
    contribution: Contribution<never, InstanceOf[Point]>,
    samples: SamplesOf[Point],
  ) => void;
};

const kits: Kits = {
  forges: testForge,
  gitAuthMethods: testGitAuthMethod,
  notifiers: testNotifier,
  builders: testBuilder,
  storages: testStorage,
};

/**
 * Gives a plugin's samples their type. Export them as default from the module that `danube.conformance` in package.json
 * names: the plugin's own tests and `danube plugins check` run them with {@link runConformance}.
 */
export function defineConformance(conformance: Conformance): Conformance {
  return conformance;
}

/**
 * Registers every check for everything that the plugin adds, and that its manifest says what it is, synchronously. A
 * contribution without samples, and samples without a contribution, are checks that fail.
 */
export function runConformance(test: TestFunction, plugin: Plugin, conformance: Conformance): void {
  testManifest(test, plugin, conformance.packageFile);
  for (const point of extensionPoints) runPoint(test, plugin, conformance, point);
}

function runPoint<Point extends ExtensionPoint>(
  test: TestFunction,
  plugin: Plugin,
  conformance: Conformance,
  point: Point,
): void {
  const samples = new Map<string, SamplesOf[Point]>(Object.entries(conformance[point] ?? {}));
  const contributions = contributionsOf(plugin, point) as readonly Contribution<never, InstanceOf[Point]>[];
  for (const contribution of contributions) {
    const given = samples.get(contribution.type);
    if (given !== undefined) kits[point](test, contribution, given);
    else failing(test, `${point} ${contribution.type}: it has samples`, 'its module of samples has none for it');
    samples.delete(contribution.type);
  }
  for (const type of samples.keys()) {
    failing(test, `${point} ${type}: it is a contribution`, 'there are samples for it, but the plugin does not add it');
  }
}

function failing(test: TestFunction, name: string, message: string): void {
  test(name, () => Promise.reject(new assert.AssertionError({ message })));
}
