import type { JsonSchema } from '../values.js';

/** Schema for a key of a `configSchema` that holds the address of a server: http or https, without credentials and query. */
export function httpAddress(description: string): JsonSchema {
  return {
    type: 'string',
    maxLength: 500,
    pattern: '^https?://[^\\s/@?#]+(/[^\\s@?#]*)?$',
    patternErrorMessage: 'must be an address such as https://git.example.com, without user name, password and query',
    description,
  };
}
