import { schemaErrors, type RecordedKind } from './recorded-schemas.js';

/** What a Kubernetes server would not understand of an object, by its recorded OpenAPI document. */
export function manifestProblems(kind: RecordedKind, manifest: unknown): readonly string[] {
  // what is undefined never reaches the server
  return schemaErrors(kind, JSON.parse(JSON.stringify(manifest))).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}
