import { describeError } from './describe-error.js';
import { isSensitiveKey, redacted, redactionPatterns } from './redaction-patterns.js';

const deepest = 6;
const shortestSecret = 4;

/** Takes credentials and personal data out of whatever is about to be logged. */
export class Redactor {
  readonly #secrets = new Map<string, number>();

  /** Hides this value wherever it appears, until the returned function is called. Registering twice needs two releases. */
  register(secret: string): () => void {
    // shorter values would blank out half of every message
    if (secret.length < shortestSecret) return () => undefined;
    this.#secrets.set(secret, (this.#secrets.get(secret) ?? 0) + 1);
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const left = (this.#secrets.get(secret) ?? 1) - 1;
      if (left === 0) this.#secrets.delete(secret);
      else this.#secrets.set(secret, left);
    };
  }

  /** Hides the registered values only: for texts that people read elsewhere than in the log. */
  withoutSecrets(text: string): string {
    let result = text;
    for (const secret of this.#secrets.keys()) {
      if (result.includes(secret)) result = result.replaceAll(secret, redacted);
    }
    return result;
  }

  text(text: string): string {
    let result = this.withoutSecrets(text);
    for (const { find, replaceWith } of redactionPatterns) result = result.replace(find, replaceWith);
    return result;
  }

  /** A copy that JSON.stringify takes: no cycles, nothing too deep, errors as objects. */
  value(value: unknown, depth = 0): unknown {
    switch (typeof value) {
      case 'string':
        return this.text(value);
      case 'bigint':
        return value.toString();
      case 'function':
      case 'symbol':
        return undefined;
      case 'object':
        return value === null ? null : this.#object(value, depth);
      case 'boolean':
      case 'number':
      case 'undefined':
        return value;
    }
  }

  #object(value: object, depth: number): unknown {
    if (depth >= deepest) return '[deeper]';
    if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
    if (value instanceof Error) return this.value(describeError(value), depth + 1);
    if (value instanceof Map || value instanceof Set) return this.value([...value], depth + 1);
    if (Array.isArray(value)) return value.map((item) => this.value(item, depth + 1));
    if (printsItself(value)) return this.value(value.toJSON(), depth + 1);
    const copy: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value)) copy[key] = this.field(key, item, depth + 1);
    return copy;
  }

  /** The value of a named field: hidden whole where the name says that it is a credential. */
  field(key: string, value: unknown, depth = 0): unknown {
    if (value !== undefined && typeof value !== 'boolean' && isSensitiveKey(key)) return redacted;
    return this.value(value, depth);
  }
}

function printsItself(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}
