import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const packages = fileURLToPath(new URL('../../packages', import.meta.url));
const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
let folder: string;
let tarball: string;

async function run(command: string, args: readonly string[], cwd: string): Promise<{ code: number; output: string }> {
  // node:test reports to its parent instead of printing where it believes that one of its own kind started it
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  try {
    const { stdout, stderr } = await promisify(execFile)(command, args, { cwd, env });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

const createPlugin = (...args: readonly string[]) =>
  run(process.execPath, [join(packages, 'create-plugin/bin/create-plugin.mjs'), ...args], folder);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'danube-create-plugin-'));
  const packed = await run('npm', ['pack', '--silent', '--pack-destination', folder], join(packages, 'plugin-api'));
  expect(packed).toMatchObject({ code: 0 });
  tarball = `file:${join(folder, packed.output.trim())}`;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('one command makes a forge plugin outside of this repository whose tests pass', async () => {
  const { code, output } = await createPlugin('my-forge', '--plugin-api', tarball);
  expect(output).toMatch(/^# fail 0$|ℹ fail 0$/m);
  expect(output).toContain('forges my-forge: ');
  expect(code).toBe(0);
  expect(output).toContain('Next: cd my-forge');
  const files = await readdir(join(folder, 'my-forge'), { recursive: true });
  for (const file of files.filter((name) => !name.includes('node_modules') && /\.(js|json|md)$/.test(name))) {
    expect(await readFile(join(folder, 'my-forge', file), 'utf8'), file).not.toMatch(/__\w+__/);
  }
  expect(await readFile(join(folder, 'my-forge/README.md'), 'utf8')).toMatch(/^# `danube-plugin-my-forge`\n/);
});

test('its tests fail once it no longer keeps what a forge promises', async () => {
  const plugin = join(folder, 'lax-forge');
  expect(await createPlugin('lax-forge', '--no-install', '--plugin-api', tarball)).toMatchObject({ code: 0 });
  await writeFile(join(plugin, 'src/verify-signature.js'), 'export const verifySignature = () => true;\n');
  expect(await run('npm', ['install', ...quiet], plugin)).toMatchObject({ code: 0 });
  const { code, output } = await run('npm', ['test'], plugin);
  expect(code).toBe(1);
  expect(output).toMatch(/not ok .*secret|✖ .*secret/);
});

test('what Writing a forge plugin adds to it keeps every promise, and its types fit', async () => {
  const plugin = join(folder, 'documented/my-forge');
  expect(await createPlugin('documented/my-forge', '--plugin-api', tarball)).toMatchObject({ code: 0 });
  const page = await readFile(join(packages, '../docs/plugins/writing-a-forge.md'), 'utf8');
  const block = (file: string) => page.split('```').find((text) => text.startsWith(`js\n// ${file}\n`)) ?? '';
  const codeOf = (file: string) => block(file).split('\n').slice(2).join('\n');
  for (const file of ['src/config.js', 'src/forge.js']) await writeFile(join(plugin, file), codeOf(file));
  await edit(join(plugin, 'src/conformance.js'), [
    [/^ +prepare: .*\n/m, codeOf('src/conformance.js')],
    [/\{ defineConformance \}/, '{ defineConformance, startRemote }'],
  ]);
  const [capabilities = ''] = /^"capabilities": .*$/m.exec(page) ?? [];
  await edit(join(plugin, 'package.json'), [[/"capabilities": \{.*?\}/s, capabilities]]);
  const { code, output } = await run('npm', ['test'], plugin);
  expect(output).toMatch(/^# fail 0$|ℹ fail 0$/m);
  expect(code).toBe(0);
  const modules = join(packages, '../node_modules');
  const options =
    '--noEmit --allowJs --checkJs --strict --module nodenext --target es2022 --types node --typeRoots'.split(' ');
  const checked = await run(
    process.execPath,
    [
      join(modules, 'typescript/bin/tsc'),
      '--ignoreConfig',
      ...options,
      join(modules, '@types'),
      'src/index.js',
      'src/conformance.js',
    ],
    plugin,
  );
  expect(checked).toEqual({ code: 0, output: '' });
});

async function edit(file: string, changes: readonly (readonly [RegExp, string])[]): Promise<void> {
  let text = await readFile(file, 'utf8');
  for (const [found, replacement] of changes) {
    expect(text).toMatch(found);
    text = text.replace(found, () => replacement);
  }
  await writeFile(file, text);
}

test.each([
  [['My_Forge'], 1, 'cannot be a plugin\'s id; accepted: lower-case letters, digits and "-"'],
  [['taken'], 1, 'is not empty'],
  [['taken/mine.txt'], 1, 'cannot be a plugin'],
  [['taken/mine'], 1, 'is a file, or below one; give the name of a new folder'],
  [['taken/mine/sub'], 1, 'is a file, or below one; give the name of a new folder'],
  [[''], 1, 'the name of the folder is empty'],
  [['@ada/my-forge'], 1, 'has a scope; give the folder alone'],
  [['x', '--plugin-api', ''], 1, '"" is neither a version range such as ^1.0.0 nor a packed file'],
  [['x', '--plugin-api', '^1"'], 1, '--plugin-api: "^1"" is neither a version range'],
  [['x', '--plugin-api', './none.tgz'], 1, 'there is no file '],
  [[], 2, "missing required argument 'folder'"],
  [['x', '--colour'], 2, "unknown option '--colour'"],
])('create-plugin %j ends with %d', async (args, exitCode, message) => {
  await mkdir(join(folder, 'taken'), { recursive: true });
  await writeFile(join(folder, 'taken', 'mine.txt'), '');
  await writeFile(join(folder, 'taken', 'mine'), '');
  const { code, output } = await createPlugin(...args);
  expect(output).toContain(message);
  expect(code).toBe(exitCode);
  expect(output).not.toMatch(/^ +at /m);
  expect(await readdir(join(folder, 'taken'))).toEqual(['mine', 'mine.txt']);
  expect(await readdir(folder)).not.toContain('x');
});

test('where a file cannot be written, create-plugin says so and leaves nothing behind', async () => {
  const script = 'ulimit -f 1 && exec "$0" "$@"';
  const program = [
    process.execPath,
    join(packages, 'create-plugin/bin/create-plugin.mjs'),
    'new/full-disk',
    '--no-install',
  ];
  const { code, output } = await run('sh', ['-c', script, ...program], folder);
  expect(output).toMatch(/full-disk cannot be written \(EFBIG\); choose a folder/);
  expect(code).toBe(1);
  expect(await readdir(folder)).not.toContain('new');
});

test('a path with spaces is shown as a shell takes it, and a packed file is found from the current folder', async () => {
  const packed = `./${basename(tarball)}`;
  const { code, output } = await createPlugin('with spaces/own-forge', '--no-install', '--plugin-api', packed);
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(output).toContain("Next: cd 'with spaces/own-forge', then npm install");
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'with spaces/own-forge/package.json'), 'utf8'));
  expect(manifest).toMatchObject({ devDependencies: { '@danube/plugin-api': `file:../../${basename(tarball)}` } });
});

test('create-plugin --help shows an example', async () => {
  const { code, output } = await createPlugin('--help');
  expect(code).toBe(0);
  expect(output).toContain('npm create @danube/plugin my-forge');
});
