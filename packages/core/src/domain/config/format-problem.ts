import type { ConfigProblem } from './configuration.js';

/** One line for logs and terminals: `pipelines/web.yaml:7:9: spec.timeout: … (suggestion)`. */
export function formatProblem(problem: ConfigProblem): string {
  const place = problem.file === '' ? '' : `${problem.file}:${problem.line}:${problem.column}: `;
  const path = problem.path === '' ? '' : `${problem.path}: `;
  const suggestion = problem.suggestion === undefined ? '' : ` (${problem.suggestion})`;
  return `${place}${path}${problem.message}${suggestion}`;
}

/** A problem of the repository as a whole, for which no file can be named. */
export function repositoryProblem(message: string): ConfigProblem {
  return { file: '', line: 1, column: 1, path: '', message, suggestion: undefined };
}
