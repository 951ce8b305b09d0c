import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { root, runAsScript } from './command.mjs';

/** What is written from the code: where to, and which compiled module's function gives the text. */
const documents = [
  {
    file: 'docs/reference/openapi.yaml',
    module: 'adapters/http/openapi/openapi-yaml.js',
    text: ({ openApiYaml }) => openApiYaml(),
  },
  {
    file: 'docs/reference/metrics.md',
    module: 'adapters/telemetry/metrics/metrics-reference.js',
    text: ({ metricsReference }) => metricsReference(),
  },
  {
    file: 'docs/reference/config.schema.json',
    module: 'adapters/config-files/schemas/config-json-schema.js',
    text: ({ configJsonSchema }) => `${JSON.stringify(configJsonSchema(), undefined, 2)}\n`,
  },
];

await runAsScript(import.meta.url, async () => {
  await build();
  for (const { file, module, text } of documents) {
    const url = pathToFileURL(path.join(root, 'packages/core/dist', module));
    await writeFile(path.join(root, file), text(await import(url.href)));
    process.stdout.write(`wrote ${file}\n`);
  }
});
