import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const folderOf = (name: string) => fileURLToPath(new URL(`../../packages/${name}`, import.meta.url));

/** What npm would publish: the paths in the packed file. */
async function packedFiles(name: string): Promise<readonly string[]> {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: folderOf(name) });
  const [packed] = JSON.parse(stdout) as readonly { readonly files: readonly { readonly path: string }[] }[];
  return (packed?.files ?? []).map(({ path }) => path);
}

const entries: Readonly<Record<string, readonly string[]>> = {
  'plugin-api': ['dist/index', 'dist/testing/index', 'dist/toolkit/index'],
  'create-plugin': ['dist/main'],
  'plugin-github': ['dist/index', 'dist/conformance'],
  'plugin-gitlab': ['dist/index', 'dist/conformance'],
  'plugin-gitea': ['dist/index', 'dist/conformance'],
};

describe.each(Object.entries(entries))('the packed @danube/%s', (name, modules) => {
  test('has its modules with their types, and says what it is and under which licence', async () => {
    const files = await packedFiles(name);
    const wanted = modules.flatMap((module) => [`${module}.js`, `${module}.d.ts`]);
    expect(files).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE', ...wanted]));
    expect(await readFile(`${folderOf(name)}/README.md`, 'utf8')).toContain(`# \`@danube/${name}\`\n`);
    expect(await readFile(`${folderOf(name)}/LICENSE`, 'utf8')).toBe(
      await readFile(new URL('../../LICENSE', import.meta.url), 'utf8'),
    );
  });

  test('has no tests, nothing of the build, and no maps to sources that it lacks', async () => {
    const files = await packedFiles(name);
    expect(
      files.filter(
        (file) => !file.startsWith('template/') && /\.test\.[jt]s$|^test\/|^src\/|\.tsbuildinfo$|\.map$/.test(file),
      ),
    ).toEqual([]);
  });
});
