import { metricTable, type MetricDeclaration } from './metric-table.js';

const introduction = `# Metrics

\`GET /metrics\` answers in the text format of Prometheus. Beside the metrics below there are those of the process
(\`process_*\`, \`nodejs_*\`), as the Prometheus client library for Node.js reports them.
`;

/** The text of docs/reference/metrics.md. */
export function metricsReference(): string {
  const rows = Object.entries<MetricDeclaration>(metricTable).map(([name, { type, labels = [], help, buckets }]) => [
    `\`${name}\``,
    type,
    labels.map((label) => `\`${label}\``).join(', '),
    buckets ? `${help} Buckets: ${buckets.join(', ')} s.` : help,
  ]);
  return `${introduction}\n${alignedTable([['Name', 'Type', 'Labels', 'Meaning'], ...rows])}`;
}

function alignedTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |\n`;
  const [head = [], ...body] = rows;
  return [head, widths.map((width) => '-'.repeat(width)), ...body].map(line).join('');
}
