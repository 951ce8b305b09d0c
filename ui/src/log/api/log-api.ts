import { api, ask } from '../../api/client.ts';
import { readEvents, type StreamEvent } from '../live/event-stream.ts';
import type { Section } from '../rows/step-sections.ts';
import type { SearchTerms } from '../search/search-pattern.ts';

/** How long a log is so far. */
export interface LogLength {
  readonly bytes: number;
  readonly lines: number;
}

/** The most lines that a search finds. */
const mostHits = 1_000_000;

export function logUrl(jobId: string): string {
  return `/api/v1/jobs/${encodeURIComponent(jobId)}/logs`;
}

/** Lines `first` to `last`, as far as they are there, and the length of the log. */
export async function fetchLines(
  jobId: string,
  first: number,
  last: number,
  signal: AbortSignal,
): Promise<{ readonly lines: readonly string[]; readonly length: LogLength }> {
  const params = { path: { id: jobId }, query: { lines: `${first}-${last}` } };
  const answer = await api.GET('/api/v1/jobs/{id}/logs', { params, signal, parseAs: 'text' });
  // of an answer without a byte the client reads no body
  const text = (await ask<string | undefined>(Promise.resolve(answer))) ?? '';
  const { headers } = answer.response;
  const length = { bytes: Number(headers.get('x-log-size')), lines: Number(headers.get('x-log-lines')) };
  return { lines: text === '' ? [] : text.slice(0, -1).split('\n'), length };
}

export interface StepSection extends Section {
  /** Of the step, as in the job. */
  readonly sequence: number;
}

/** Which step printed which lines, from a line on, a page at a time. */
export async function* fetchSections(
  jobId: string,
  from: number,
  signal: AbortSignal,
): AsyncGenerator<readonly StepSection[]> {
  let cursor: number | undefined = from;
  while (cursor !== undefined) {
    const query: { cursor: number; limit: number } = { cursor, limit: 10_000 };
    const params = { path: { id: jobId }, query };
    const page = await ask(api.GET('/api/v1/jobs/{id}/logs/sections', { params, signal }));
    yield page.items.map(({ sequence, name, first_line, last_line }) => {
      return { sequence, name, firstLine: first_line, lastLine: last_line };
    });
    cursor = page.next_cursor === undefined ? undefined : Number(page.next_cursor);
  }
}

/** Events `found`, `end` and `error` of a search from a line on; it ends on the server too when the signal is aborted. */
export async function* searchLog(
  jobId: string,
  { text, regex, matchCase }: SearchTerms,
  from: number,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent> {
  const query = { q: text, regex, case: matchCase, from_line: from, limit: mostHits };
  const params = { path: { id: jobId }, query };
  const body = await ask(api.GET('/api/v1/jobs/{id}/logs/search', { params, signal, parseAs: 'stream' }));
  if (body !== null) yield* readEvents(body);
}

/** Events of the live log from a byte on. `heard` is called with every sign of life of the server. */
export async function* streamLog(
  jobId: string,
  from: number,
  signal: AbortSignal,
  heard: () => void,
): AsyncGenerator<StreamEvent> {
  const params = { path: { id: jobId }, query: { from } };
  const body = await ask(api.GET('/api/v1/jobs/{id}/logs/stream', { params, signal, parseAs: 'stream' }));
  if (body !== null) yield* readEvents(body, heard);
}
