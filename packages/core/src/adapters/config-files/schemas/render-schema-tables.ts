import type { JsonSchema } from '@danube/plugin-api';
import { configKinds } from '../../../domain/config/config-document.js';
import { specSchemas } from './kinds.js';

interface SchemaNode {
  readonly type?: string;
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly patternErrorMessage?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly oneOf?: readonly SchemaNode[];
  readonly additionalProperties?: boolean | SchemaNode;
  readonly propertyNames?: SchemaNode;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  boolean: 'true or false',
  object: 'mapping',
};

function accepted(node: SchemaNode): string {
  if (node.const !== undefined) return `\`${node.const}\``;
  if (node.enum !== undefined) return node.enum.map((value) => `\`${value}\``).join(', ');
  if (node.items !== undefined) return `list of ${node.items.oneOf === undefined ? accepted(node.items) : 'triggers'}`;
  if (node.minimum !== undefined) return `${node.minimum} to ${node.maximum}`;
  if (typeof node.additionalProperties === 'object') {
    const values = node.additionalProperties.items === undefined ? 'text' : 'lists of text';
    return `names to ${values}; names: ${node.propertyNames?.patternErrorMessage ?? 'any'}`;
  }
  return node.patternErrorMessage ?? typeNames[node.type ?? ''] ?? '';
}

function rows(node: SchemaNode, prefix: string): readonly string[] {
  return Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
    const name = `${prefix}${key}`;
    const required = node.required?.includes(key) === true && child.const === undefined ? ' **Required.**' : '';
    const variants = child.items?.oneOf ?? [child.items ?? {}];
    const nested =
      child.properties === undefined ? variants.flatMap((variant) => itemRows(variant, name)) : rows(child, `${name}.`);
    return [
      `| \`${name}\` | ${accepted(child).replaceAll('|', '\\|')} | ${child.description ?? ''}${required} |`,
      ...nested,
    ];
  });
}

function itemRows(item: SchemaNode, name: string): readonly string[] {
  if (item.properties === undefined) return [];
  const type = item.properties['type']?.const;
  return rows(item, type === undefined ? `${name}[].` : `${name}[${type}].`);
}

/** The specification of every kind as Markdown tables, for docs/cac-schema.md. */
export function renderSchemaTables(): string {
  return configKinds
    .map((kind) => {
      const schema: JsonSchema = specSchemas[kind];
      const heading = `### ${kind}\n\n${String(schema['description'])}\n`;
      const table = ['| key of `spec` | accepted | meaning |', '| --- | --- | --- |', ...rows(schema, '')];
      return `${heading}\n${table.join('\n')}`;
    })
    .join('\n\n');
}
