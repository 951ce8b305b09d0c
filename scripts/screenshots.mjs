// Makes docs/images/ui-*.png: every page of a server with sample data, on a desk and on a telephone.
import { build } from './build.mjs';
import { runAsScript } from './command.mjs';

await runAsScript(import.meta.url, async () => {
  await build();
  // only here: the packages may not have been installed when this file is loaded
  const { runTypeScript } = await import('./run-typescript.mjs');
  await runTypeScript('tests/screenshots/main.ts', process.argv.slice(2));
});
