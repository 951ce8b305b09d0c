import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { Failure, root, runAsScript, runCommand } from './command.mjs';
import { pluginApiReport } from './plugin-api-report.mjs';
import { uiApiTypes } from './ui-api-types.mjs';

/** What is written from the code: where to, in which section or all of it, and what gives the text, from which compiled module. */
const documents = [
  {
    file: 'docs/reference/openapi.yaml',
    module: 'adapters/http/openapi/openapi-yaml.js',
    text: ({ openApiYaml }) => openApiYaml(),
  },
  {
    // from the file before it
    file: 'ui/src/api/schema.ts',
    text: uiApiTypes,
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
  {
    file: 'docs/configuration.md',
    section: 'settings',
    module: 'adapters/bootstrap-config/render-default-config.js',
    text: ({ renderSettingsTable }) => renderSettingsTable(),
  },
  {
    file: 'docs/cac-schema.md',
    section: 'kinds',
    module: 'adapters/config-files/schemas/render-schema-tables.js',
    text: ({ renderSchemaTables }) => renderSchemaTables(),
  },
  {
    file: 'docs/reference/plugin-api.api.md',
    text: pluginApiReport,
  },
];

await runAsScript(import.meta.url, async () => {
  await build();
  for (const { file, section, module, text } of documents) {
    const target = path.join(root, file);
    const written = await text(module === undefined ? undefined : await compiled(module));
    await writeFile(target, section === undefined ? written : await withSection(target, section, written));
    process.stdout.write(`wrote ${file}\n`);
  }
  const prettier = path.join(root, 'node_modules/.bin/prettier');
  const { code, output } = await runCommand(prettier, ['--write', ...documents.map(({ file }) => file)]);
  if (code !== 0) throw new Failure(output.trimEnd());
});

function compiled(module) {
  return import(pathToFileURL(path.join(root, 'packages/core/dist', module)).href);
}

/** The file's text with everything between the two comments of a section replaced. */
async function withSection(file, section, text) {
  const old = await readFile(file, 'utf8');
  const between = new RegExp(`(<!-- ${section}: .* -->\n)[^]*(<!-- end of ${section} -->)`);
  if (!between.test(old)) throw new Failure(`${file} has no section "${section}"`);
  return old.replace(between, (_all, begin, end) => `${begin}\n${text.trim()}\n\n${end}`);
}
