import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { contributionsOf, extensionPoints, type Plugin } from '../define-plugin.js';
import { secretNameFormat } from '../secret-name.js';
import type { TestFunction } from './kit/test-function.js';

/** What a host reads in package.json before it runs anything of the plugin. */
interface Manifest {
  readonly id?: unknown;
  readonly contributes?: Readonly<Record<string, readonly string[]>>;
  readonly capabilities?: { readonly secrets?: boolean };
}

/** Registers the checks that the manifest says what the plugin is: a host refuses one whose manifest does not. */
export function testManifest(test: TestFunction, plugin: Plugin, packageFile: URL): void {
  const check = (name: string, run: (manifest: Manifest) => void) =>
    test(`manifest ${plugin.id}: ${name}`, async () => run(await readManifest(packageFile)));
  check('danube.id is the id of the plugin', ({ id }) =>
    assert.equal(id, plugin.id, `danube.id is ${JSON.stringify(id)}, the plugin's id is "${plugin.id}"`),
  );
  check('danube.contributes names what the plugin adds, and nothing else', ({ contributes = {} }) => {
    const named = Object.entries(contributes).flatMap(([point, types]) => types.map((type) => `${point}/${type}`));
    const added = contributionKeys(plugin);
    assert.deepEqual(
      difference(added, named),
      [],
      `danube.contributes does not name ${difference(added, named).join(', ')}, which the plugin adds`,
    );
    assert.deepEqual(
      difference(named, added),
      [],
      `danube.contributes names ${difference(named, added).join(', ')}, which the plugin does not add`,
    );
  });
  check('danube.capabilities.secrets is true where an entry may name secrets', ({ capabilities }) => {
    const schemas = extensionPoints.flatMap((point) => contributionsOf(plugin, point)).map((one) => one.configSchema);
    const namesSecrets = JSON.stringify(schemas).includes(`"${secretNameFormat}"`);
    assert.ok(!namesSecrets || capabilities?.secrets === true, 'set "capabilities": {"secrets": true}');
  });
}

async function readManifest(packageFile: URL | undefined): Promise<Manifest> {
  const hint = "defineConformance needs packageFile: new URL('../package.json', import.meta.url)";
  assert.ok(packageFile !== undefined, hint);
  const { danube } = JSON.parse(await readFile(packageFile, 'utf8')) as { readonly danube?: Manifest };
  assert.ok(danube !== undefined, `${packageFile.href} has no block "danube"`);
  return danube;
}

function contributionKeys(plugin: Plugin): readonly string[] {
  return extensionPoints.flatMap((point) => contributionsOf(plugin, point).map(({ type }) => `${point}/${type}`));
}

function difference(all: readonly string[], without: readonly string[]): readonly string[] {
  return all.filter((one) => !without.includes(one));
}
