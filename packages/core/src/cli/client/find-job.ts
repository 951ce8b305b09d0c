import { DanubeError } from '@danube/plugin-api';
import type { ApiClient, Query } from './api-client.js';
import type { JobView, Page } from './api-types.js';
import { creationTimes } from './creation-times.js';

const fullId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const pageSize = 200;
const shownMatches = 5;

/** The id of the job that a person means by a full id, a unique prefix of one, or `pipeline#number`. */
export async function findJobId(client: ApiClient, reference: string): Promise<string> {
  if (fullId.test(reference)) return reference.toLowerCase();
  const at = reference.lastIndexOf('#');
  return at > 0
    ? findByNumber(client, reference.slice(0, at), reference.slice(at + 1))
    : findByPrefix(client, reference.toLowerCase());
}

async function findByNumber(client: ApiClient, pipeline: string, text: string): Promise<string> {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) {
    throw invalidReference(`"${pipeline}#${text}" is no job: write the pipeline and its job number, as in build#12`);
  }
  for await (const job of newestFirst(client, { pipeline })) {
    if (job.number === number) return job.id;
    if (job.number < number) break;
  }
  throw notFound(
    `pipeline "${pipeline}" has no job #${number}; "danube jobs list --pipeline ${pipeline}" shows its jobs`,
  );
}

async function findByPrefix(client: ApiClient, prefix: string): Promise<string> {
  if (!/^[0-9a-f][0-9a-f-]*$/.test(prefix)) {
    throw invalidReference(`"${prefix}" is no job: write its id, the beginning of it, or pipeline#number`);
  }
  const matches: JobView[] = [];
  for await (const job of newestFirst(client, creationTimes(prefix))) {
    if (job.id.startsWith(prefix)) matches.push(job);
    if (matches.length > shownMatches) break;
  }
  const [first, ...others] = matches;
  if (first === undefined) throw notFound(`there is no job whose id begins with "${prefix}"`);
  if (others.length === 0) return first.id;
  const shown = matches.slice(0, shownMatches).map((job) => `${job.id} (${job.pipeline}#${job.number})`);
  const more = matches.length > shownMatches ? ' and more' : '';
  throw invalidReference(`several job ids begin with "${prefix}": ${shown.join(', ')}${more}; write more of it`);
}

async function* newestFirst(client: ApiClient, filter: Query): AsyncIterable<JobView> {
  let cursor: string | undefined;
  do {
    const query = { ...filter, limit: pageSize, cursor };
    const page: Page<JobView> = await client.get('/api/v1/jobs', { query });
    yield* page.items;
    cursor = page.next_cursor;
  } while (cursor !== undefined);
}

function notFound(message: string): DanubeError {
  return new DanubeError('job_not_found', message, { category: 'not_found' });
}

function invalidReference(message: string): DanubeError {
  return new DanubeError('job_reference_invalid', message, { category: 'invalid' });
}
