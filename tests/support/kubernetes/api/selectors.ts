import type { KubernetesObject } from '../types.js';
import { badRequest } from './status.js';

export type Selector = (object: KubernetesObject) => boolean;

/** The objects that `labelSelector` and `fieldSelector` of a query ask for. */
export function readSelector(query: URLSearchParams): Selector {
  const terms = [
    ...split(query.get('labelSelector')).map(labelTerm),
    ...split(query.get('fieldSelector')).map(fieldTerm),
  ];
  return (object) => terms.every((term) => term(object));
}

/** At commas, but not those in `in (a,b)`. */
function split(selector: string | null): string[] {
  return (selector ?? '').split(/,(?![^(]*\))/).filter((term) => term.trim() !== '');
}

function labelTerm(term: string): Selector {
  const set = /^\s*(\S+)\s+(in|notin)\s+\(([^)]*)\)\s*$/.exec(term);
  if (set) {
    const [, key = '', operator, list = ''] = set;
    const values = list.split(',').map((value) => value.trim());
    return ({ metadata }) => values.includes(metadata.labels?.[key] ?? '') === (operator === 'in');
  }
  const equality = /^\s*([^\s=!]+)\s*(==?|!=)\s*(\S*)\s*$/.exec(term);
  if (equality) {
    const [, key = '', operator, value] = equality;
    return ({ metadata }) => (metadata.labels?.[key] === value) === (operator !== '!=');
  }
  const existence = /^\s*(!?)([^\s=!]+)\s*$/.exec(term);
  if (!existence) throw badRequest(`unable to parse requirement: ${term}`);
  const [, not, key = ''] = existence;
  return ({ metadata }) => (metadata.labels?.[key] !== undefined) === (not === '');
}

function fieldTerm(term: string): Selector {
  const [, path = '', operator, value] = /^([^=!]+)(==?|!=)(.*)$/.exec(term) ?? [];
  if (operator === undefined) throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`);
  return (object) => {
    const found = path
      .split('.')
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], object);
    return (found === value) === (operator !== '!=');
  };
}
