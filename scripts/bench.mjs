// npm run bench [-- NAME…]: builds what is missing, then measures Danube against floors taken in the same run.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (command, args) => {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};

run(process.execPath, ['scripts/build.mjs']);
const bundle = 'tests/dist/bench.mjs';
run('node_modules/.bin/esbuild', [
  'tests/bench/main.ts',
  '--bundle',
  '--platform=node',
  '--format=esm',
  '--target=node20',
  '--log-level=warning',
  `--outfile=${bundle}`,
]);
run(process.execPath, [bundle, ...process.argv.slice(2)]);
