import type { ApiClient } from './api-client.js';

/** The age recipient of the server. */
export async function fetchRecipient(client: ApiClient): Promise<string> {
  return (await client.get<{ readonly recipient: string }>('/api/v1/secrets/recipient')).recipient;
}
