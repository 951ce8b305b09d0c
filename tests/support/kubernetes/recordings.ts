import { readFileSync } from 'node:fs';

/** What a Kubernetes 1.36 server answered, field for field; `openapi` holds the schemas that pods and policies lead to. */
export function readRecording<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`recordings/${name}.json`, import.meta.url), 'utf8')) as T;
}
