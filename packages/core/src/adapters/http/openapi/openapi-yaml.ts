import { dump } from 'js-yaml';
import { openApiDocument } from './openapi-document.js';

/** The text of docs/reference/openapi.yaml. */
export function openApiYaml(): string {
  return dump(openApiDocument(), { lineWidth: -1, noRefs: true });
}
