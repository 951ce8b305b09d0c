/** Text of configuration documents, as an administrator writes them. JSON is YAML too, which keeps quoting out of tests. */
export function pipelineDocument(
  name: string,
  repository: string,
  spec: Readonly<Record<string, unknown>> = {},
): string {
  return document('Pipeline', name, { team: 'platform', repository, ...spec });
}

export function teamDocument(name = 'platform'): string {
  return document('Team', name, {});
}

function document(kind: string, name: string, spec: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ apiVersion: 'danube.dev/v1', kind, metadata: { name }, spec })}\n`;
}
