import { DanubeError } from '../errors.js';

/**
 * Tag for the path of a request: every value becomes one part of the path, whatever it holds.
 * urlPath`/repos/${owner}/${name}/statuses/${sha}`
 * @throws DanubeError `forge_request_invalid` (invalid) for an empty value, `.` and `..`, which would name another path
 */
export function urlPath(texts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return texts.reduce((path, text, index) => `${path}${part(String(values[index - 1]))}${text}`);
}

function part(value: string): string {
  if (value === '' || value === '.' || value === '..') {
    throw new DanubeError('forge_request_invalid', `"${value}" cannot stand in the path of a request`, {
      category: 'invalid',
    });
  }
  return encodeURIComponent(value);
}
