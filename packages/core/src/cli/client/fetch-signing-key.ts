import type { ApiClient } from './api-client.js';

/** The public key of the server, as PEM. */
export async function fetchSigningKey(client: ApiClient): Promise<string> {
  return (await client.request('GET', '/api/v1/signing-key')).text();
}
