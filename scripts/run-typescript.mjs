import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { build as bundle } from 'esbuild';
import { root } from './command.mjs';

/** What reads files beside itself finds them there, and not beside the bundle. */
const ownUrls = {
  name: 'own-urls',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/tests\/.*\.ts$/ }, async ({ path: file }) => {
      const source = await readFile(file, 'utf8');
      return { contents: source.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href)), loader: 'ts' };
    }),
};

/** Runs a program of `tests`, which is no test, and exits as it does. */
export async function runTypeScript(entryPoint, args) {
  const outfile = path.join('tests/dist', `${path.basename(path.dirname(entryPoint))}.mjs`);
  await bundle({
    absWorkingDir: root,
    entryPoints: [entryPoint],
    tsconfig: 'tsconfig.check.json',
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
    outfile,
    plugins: [ownUrls],
  });
  const { status } = spawnSync(process.execPath, [outfile, ...args], { cwd: root, stdio: 'inherit' });
  process.exit(status ?? 1);
}
