// npm run bench [-- NAME…]: builds what is missing, then measures Danube against floors taken in the same run.
import { build } from './build.mjs';
import { runAsScript } from './command.mjs';

await runAsScript(import.meta.url, async () => {
  await build();
  // only here: the packages may not have been installed when this file is loaded
  const { runTypeScript } = await import('./run-typescript.mjs');
  await runTypeScript('tests/bench/main.ts', process.argv.slice(2));
});
