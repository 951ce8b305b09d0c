// The types of the web interface's API client, from docs/reference/openapi.yaml: a changed endpoint breaks its compilation.
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import prettier from 'prettier';
import { root, runAsScript } from './command.mjs';

const apiTypesFile = path.join(root, 'ui/src/api/schema.ts');
const ui = createRequire(path.join(root, 'ui/package.json'));

/** The text of ui/src/api/schema.ts. */
export async function uiApiTypes() {
  const generator = ui.resolve('openapi-typescript').replace(/\.cjs$/, '.mjs');
  const { default: openapiTS, astToString } = await import(pathToFileURL(generator).href);
  const nodes = await openapiTS(pathToFileURL(path.join(root, 'docs/reference/openapi.yaml')));
  const text = `// Written by "npm run generate" from docs/reference/openapi.yaml.\n\n${astToString(nodes)}`;
  return prettier.format(text, { ...(await prettier.resolveConfig(apiTypesFile)), filepath: apiTypesFile });
}

await runAsScript(import.meta.url, async () => void process.stdout.write(await uiApiTypes()));
