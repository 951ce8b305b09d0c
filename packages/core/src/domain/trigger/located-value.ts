import type { ConfigPath } from '../config/config-path.js';

interface Place {
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
}

interface LocatedMapping {
  readonly keys: readonly (Place & { readonly value: string })[];
  readonly values: readonly LocatedValue[];
}

/** A literal of a pipeline file that knows where each of its parts stands. */
export interface LocatedValue extends Place {
  readonly value: string | number | boolean | null | readonly LocatedValue[] | LocatedMapping;
}

function isMapping(value: LocatedValue['value']): value is LocatedMapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: LocatedValue['value']): value is readonly LocatedValue[] {
  return Array.isArray(value);
}

/** The value without its places. Of a key that stands twice the last one counts, as in Python. */
export function plainValue({ value }: LocatedValue): unknown {
  if (isList(value)) return value.map(plainValue);
  if (!isMapping(value)) return value;
  return Object.fromEntries(value.keys.map((key, index) => [key.value, plainValue(value.values[index]!)]));
}

/** Where the value at that path stands, or its key, or the nearest part around it. */
export function locate(root: LocatedValue, path: ConfigPath, atKey: boolean): Place {
  let place: Place = root;
  let current: LocatedValue = root;
  for (const [depth, step] of path.entries()) {
    const { value }: LocatedValue = current;
    let next: LocatedValue | undefined;
    let key: Place | undefined;
    if (isList(value)) next = value[Number(step)];
    else if (isMapping(value)) {
      const index = value.keys.findLastIndex((candidate) => candidate.value === step);
      next = value.values[index];
      key = value.keys[index];
    }
    if (next === undefined) break;
    current = next;
    place = atKey && depth === path.length - 1 ? (key ?? next) : next;
  }
  return { line: place.line, column: place.column };
}
