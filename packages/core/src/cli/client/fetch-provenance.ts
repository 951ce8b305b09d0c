import { isDanubeError } from '@danube/plugin-api';
import pRetry from 'p-retry';
import type { ProvenanceFormat } from '../../domain/provenance/provenance-format.js';
import type { ApiClient } from './api-client.js';

const attempts = 20;
const pauseMs = 500;

/** The signed document as the server has it. For one that is being written it waits up to ten seconds. */
export function fetchProvenance(client: ApiClient, jobId: string, format: ProvenanceFormat): Promise<string> {
  const get = async () =>
    (await client.request('GET', `/api/v1/jobs/${jobId}/provenance`, { query: { format } })).text();
  return pRetry(get, {
    retries: attempts,
    minTimeout: pauseMs,
    maxTimeout: pauseMs,
    shouldRetry: ({ error }) => isDanubeError(error) && error.code === 'provenance_pending',
  });
}
