import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createAjv } from '../validators.js';
import { configJsonSchema } from './config-json-schema.js';
import { renderSchemaTables } from './render-schema-tables.js';

const documentation = (name: string) =>
  readFileSync(new URL(`../../../../../../docs/${name}`, import.meta.url), 'utf8');
/** Prettier pads tables. */
const squeeze = (markdown: string) => markdown.replaceAll(/-{3,}/g, '---').replaceAll(/ +/g, ' ');

test('the published schema is the one that Danube checks with; `npm run generate` writes it', () => {
  expect(JSON.parse(documentation('reference/config.schema.json'))).toEqual(
    JSON.parse(JSON.stringify(configJsonSchema())),
  );
});

test('the tables in docs/cac-schema.md are those of the schema', () => {
  expect(squeeze(documentation('cac-schema.md'))).toContain(squeeze(renderSchemaTables()));
});

test('every example in docs/cac-schema.md is accepted', async () => {
  const { ConfigFileParser } = await import('../config-file-parser.js');
  const blocks = [...documentation('cac-schema.md').matchAll(/```yaml\n# (\S+)\n([\s\S]*?)```/g)];
  expect(blocks.length).toBeGreaterThan(3);
  const files = blocks.map(([, path = '', text = '']) => ({ path, text, size: text.length, blobId: text }));
  const result = await new ConfigFileParser().parse(files, new AbortController().signal);
  expect(result).toMatchObject({ kind: 'valid' });
});

const validate = createAjv().compile(configJsonSchema());
const pipeline = {
  apiVersion: 'danube.dev/v1',
  kind: 'Pipeline',
  metadata: { name: 'web' },
  spec: { team: 'a', repository: '/srv/x' },
};

test.each([
  ['a document', pipeline, true],
  ['a flat config.yaml', { jobs: { max_concurrent: 3 } }, true],
  ['an unknown key', { ...pipeline, spec: { ...pipeline.spec, x: 1 } }, false],
  ['an unknown kind', { ...pipeline, kind: 'Pod' }, false],
  ['another kind of specification', { ...pipeline, kind: 'User' }, false],
  ['an unknown flat key', { job: {} }, false],
])('%s: %j is accepted: %s', (_name, value, accepted) => {
  expect(validate(value)).toBe(accepted);
});

test('every key has a description', () => {
  const undescribed: string[] = [];
  const walk = (schema: unknown, path: string): void => {
    if (typeof schema !== 'object' || schema === null) return;
    for (const [key, value] of Object.entries((schema as { properties?: object }).properties ?? {})) {
      if (typeof (value as { description?: string }).description !== 'string') undescribed.push(`${path}.${key}`);
    }
    for (const [key, value] of Object.entries(schema))
      if (key !== 'if' && key !== 'then') walk(value, `${path}/${key}`);
  };
  walk((configJsonSchema() as { $defs: Record<string, unknown> }).$defs, '');
  expect(undescribed.filter((path) => !path.endsWith('.spec'))).toEqual([]);
});
