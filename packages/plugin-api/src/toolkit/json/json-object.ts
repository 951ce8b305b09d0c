import type { DanubeError } from '../../errors.js';
import { isCommitName, isFullRef, isZeroCommit } from '../git-names.js';

/** Makes the error of what is wrong, for example of `pull_request.head.sha is missing; expected a text`. */
export type InvalidJson = (problem: string) => DanubeError;

/**
 * An object of JSON that somebody else wrote. Each reader answers the member of a name, or throws an error that names its
 * whole path. In the optional readers `null` counts as missing. Only own members are seen, so that a name such as
 * `constructor` or `__proto__` is as good as any other.
 */
export class JsonObject {
  readonly #members: object;
  readonly #path: string;
  readonly #invalid: InvalidJson;

  constructor(members: object, path: string, invalid: InvalidJson) {
    this.#members = members;
    this.#path = path;
    this.#invalid = invalid;
  }

  /**
   * Reads a parsed document.
   * @throws the error of `invalid` where it is not an object
   */
  static of(document: unknown, invalid: InvalidJson): JsonObject {
    if (!isObject(document)) throw invalid(`it is ${kindOf(document)}; expected a JSON object`);
    return new JsonObject(document, '', invalid);
  }

  /**
   * Reads a parsed document that is a list of objects.
   * @throws the error of `invalid` where it is not
   */
  static listOf(document: unknown, invalid: InvalidJson): readonly JsonObject[] {
    if (!Array.isArray(document)) throw invalid('the document is not a list');
    return objectsIn(document, '', invalid);
  }

  /** An object, whose own readers name the whole path. */
  object(name: string): JsonObject {
    return this.#required(name, 'an object', this.optionalObject(name));
  }

  /** As {@link object}. */
  optionalObject(name: string): JsonObject | undefined {
    const value = this.#typed(name, 'an object', isObject);
    return value === undefined ? undefined : new JsonObject(value, this.#at(name), this.#invalid);
  }

  /** A text that is not empty. */
  text(name: string): string {
    const value = this.#required(name, 'a text', this.optionalText(name));
    if (value === '') throw this.#invalid(`${this.#at(name)} is empty; expected a text`);
    return value;
  }

  /** May be empty. */
  optionalText(name: string): string | undefined {
    return this.#typed(name, 'a text', (value) => typeof value === 'string');
  }

  /** Within the range in which numbers are exact. */
  integer(name: string): number {
    return this.#required(name, 'an integer', this.optionalInteger(name));
  }

  /** As {@link integer}. */
  optionalInteger(name: string): number | undefined {
    return this.#typed(name, 'an integer', (value): value is number => Number.isSafeInteger(value));
  }

  /** Above 0, as the numbers of pull requests are. */
  positiveInteger(name: string): number {
    const value = this.integer(name);
    if (value < 1) throw this.#invalid(`${this.#at(name)} is ${value}; expected a number above 0`);
    return value;
  }

  /** `true` or `false`; neither 1 nor "true". */
  boolean(name: string): boolean {
    return this.#required(name, 'true or false', this.optionalBoolean(name));
  }

  /** As {@link boolean}. */
  optionalBoolean(name: string): boolean | undefined {
    return this.#typed(name, 'true or false', (value) => typeof value === 'boolean');
  }

  /** A list of objects. */
  list(name: string): readonly JsonObject[] {
    return this.#required(name, 'a list', this.optionalList(name));
  }

  /** As {@link list}. */
  optionalList(name: string): readonly JsonObject[] | undefined {
    const values = this.#typed(name, 'a list', (value): value is unknown[] => Array.isArray(value));
    return values && objectsIn(values, this.#at(name), this.#invalid);
  }

  /** Full name of a commit. The zeros of a ref that is new or deleted are none. */
  commit(name: string): string {
    return this.#required(name, 'a commit', this.optionalCommit(name));
  }

  /** As {@link commit}; undefined also for zeros. */
  optionalCommit(name: string): string | undefined {
    const value = this.optionalText(name);
    if (value === undefined || isZeroCommit(value)) return undefined;
    if (isCommitName(value)) return value;
    throw this.#invalid(`${this.#at(name)} is not a full commit name; expected 40 or 64 lower-case hexadecimal digits`);
  }

  /** Full ref, such as `refs/heads/main`. */
  fullRef(name: string): string {
    const value = this.text(name);
    if (!isFullRef(value)) throw this.#invalid(`${this.#at(name)} is not a full ref such as refs/heads/main`);
    return value;
  }

  #typed<T>(name: string, expected: string, is: (value: unknown) => value is T): T | undefined {
    const value = Object.hasOwn(this.#members, name) ? (this.#members as Record<string, unknown>)[name] : undefined;
    if (value === undefined || value === null) return undefined;
    if (!is(value)) throw this.#invalid(`${this.#at(name)} is ${kindOf(value)}; expected ${expected}`);
    return value;
  }

  #required<T>(name: string, expected: string, value: T | undefined): T {
    if (value === undefined) throw this.#invalid(`${this.#at(name)} is missing; expected ${expected}`);
    return value;
  }

  #at(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`;
  }
}

function objectsIn(values: readonly unknown[], path: string, invalid: InvalidJson): readonly JsonObject[] {
  return values.map((value, index) => {
    const at = `${path}[${index}]`;
    if (!isObject(value)) throw invalid(`${at} is ${kindOf(value)}; expected an object`);
    return new JsonObject(value, at, invalid);
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return 'a text';
  if (typeof value === 'number') return 'a number';
  if (typeof value === 'boolean') return String(value);
  if (value === null || value === undefined) return String(value);
  return Array.isArray(value) ? 'a list' : 'an object';
}
