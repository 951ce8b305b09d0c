import type { operations } from '../api/schema.ts';
import { jobStatuses } from './job-status.ts';

type JobQuery = NonNullable<operations['listJobs']['parameters']['query']>;

export const triggerTypes = ['manual', 'webhook', 'cron', 'cli'] as const;

/** As it stands in the address. Days are those of the reader's zone, `until` included. */
export interface JobFilter {
  readonly pipeline?: string;
  readonly status?: string;
  readonly branch?: string;
  readonly trigger?: string;
  readonly from?: string;
  readonly until?: string;
}

/** What to ask the server. Values that it would refuse, as of an address typed by hand, filter nothing. */
export function toJobQuery({ pipeline, status, branch, trigger, from, until }: JobFilter): JobQuery {
  return {
    pipeline,
    branch,
    status: jobStatuses.filter((known) => known === status),
    trigger: triggerTypes.find((type) => type === trigger),
    created_from: startOfDay(from, 0),
    created_before: startOfDay(until, 1),
  };
}

export function isFiltering(filter: JobFilter): boolean {
  const { pipeline, status, branch, trigger, from, until } = filter;
  return [pipeline, status, branch, trigger, from, until].some((value) => value !== undefined);
}

function startOfDay(day: string | undefined, daysLater: number): string | undefined {
  const [year, month, date] =
    /^(\d{4})-(\d{2})-(\d{2})$/
      .exec(day ?? '')
      ?.slice(1)
      .map(Number) ?? [];
  if (year === undefined || month === undefined || date === undefined) return undefined;
  return new Date(year, month - 1, date + daysLater).toISOString();
}
