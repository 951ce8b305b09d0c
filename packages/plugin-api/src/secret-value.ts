import { inspect } from 'node:util';

const redacted = '[redacted]';

/**
 * A value that must not appear in logs, errors or JSON: it prints as `[redacted]` everywhere, and gives itself away only
 * through {@link SecretValue.reveal}.
 */
export class SecretValue {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The secret itself. Call it at the last moment, and keep the result out of argv, environment, URLs and logs. */
  reveal(): string {
    return this.#value;
  }

  /** `[redacted]`, also within a template. */
  toString(): string {
    return redacted;
  }

  /** `[redacted]`, as `JSON.stringify` writes it. */
  toJSON(): string {
    return redacted;
  }

  [inspect.custom](): string {
    return redacted;
  }
}
