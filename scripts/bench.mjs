// npm run bench [-- NAME…]: builds what is missing, then measures Danube against floors taken in the same run.
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (command, args) => {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

/** What reads files beside itself finds them there, and not beside the bundle. */
const ownUrls = {
  name: 'own-urls',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/tests\/.*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return { contents: source.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)), loader: 'ts' };
    }),
};

run(process.execPath, ['scripts/build.mjs']);
const bundle = 'tests/dist/bench.mjs';
await build({
  absWorkingDir: root,
  entryPoints: ['tests/bench/main.ts'],
  tsconfig: 'tsconfig.check.json',
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
  outfile: bundle,
  plugins: [ownUrls],
});
run(process.execPath, [bundle, ...process.argv.slice(2)]);
