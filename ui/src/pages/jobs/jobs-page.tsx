import { useSearchParams } from '@solidjs/router';
import { Show } from 'solid-js';
import { api, ask } from '../../api/client.ts';
import { Button } from '../../components/forms/button.tsx';
import { JobTable } from '../../components/jobs/job-table.tsx';
import { PageHeader } from '../../components/layout/page-header.tsx';
import { EmptyState } from '../../components/states/empty-state.tsx';
import { Loaded } from '../../components/states/loaded.tsx';
import { isFiltering, type JobFilter, toJobQuery } from '../../domain/job-filter.ts';
import { createPagedQuery } from '../../stores/paged-query.ts';
import { usePageTitle } from '../../stores/page-title.ts';
import { JobFilters } from './job-filters.tsx';

/** Jobs of all pipelines, as they come and change. The filter stands in the address, so that it can be shared. */
export default function JobsPage() {
  const [filter, setFilter] = useSearchParams<Record<keyof JobFilter, string>>();
  const jobs = createPagedQuery(
    () => toJobQuery(filter),
    (query, cursor, signal) => ask(api.GET('/api/v1/jobs', { params: { query: { ...query, cursor } }, signal })),
    { affectedBy: () => true },
  );
  usePageTitle(() => 'Jobs');
  return (
    <>
      <PageHeader title="Jobs" />
      <JobFilters filter={filter} onChange={(change) => setFilter({ ...change })} />
      <Loaded query={jobs}>
        {(page) => (
          <Show
            when={page().items.length > 0}
            fallback={
              <EmptyState title={isFiltering(filter) ? 'No job matches.' : 'No job has run yet.'}>
                {isFiltering(filter) ? 'Remove a filter.' : 'Open a pipeline and trigger it.'}
              </EmptyState>
            }
          >
            <JobTable jobs={page().items} withPipeline />
            <Show when={page().next_cursor}>
              <Button class="mt-3" onClick={() => jobs.more()}>
                Show older jobs
              </Button>
            </Show>
          </Show>
        )}
      </Loaded>
    </>
  );
}
