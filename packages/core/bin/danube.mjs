#!/usr/bin/env node
import { existsSync } from 'node:fs';

const bundle = new URL('../dist/bundle/main.js', import.meta.url);
const compiled = new URL('../dist/cli/main.js', import.meta.url);

if (existsSync(bundle)) await import(bundle.href);
else if (existsSync(compiled)) await import(compiled.href);
else {
  process.stderr.write('error: danube is not built here; run "npm run build" in its repository\n');
  process.exitCode = 1;
}
