import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { api, ask } from '../../api/client.ts';
import { DurationChart } from '../../components/charts/duration-chart.tsx';
import { JobTable } from '../../components/jobs/job-table.tsx';
import { Section } from '../../components/layout/section.tsx';
import { EmptyState } from '../../components/states/empty-state.tsx';
import { Loaded } from '../../components/states/loaded.tsx';
import { createQuery } from '../../stores/query.ts';

const tableRows = 15;

/** The last runs of a pipeline: how long they took over time, and the newest in a table. */
export function Runs(props: { readonly pipelineId: string }) {
  const jobs = createQuery(
    () => props.pipelineId,
    (pipeline, signal) => ask(api.GET('/api/v1/jobs', { params: { query: { pipeline, limit: 50 } }, signal })),
    { affectedBy: () => true },
  );
  return (
    <div>
      <Loaded query={jobs}>
        {(page) => (
          <Show
            when={page().items.length > 0}
            fallback={
              <EmptyState title="It has not run yet.">Trigger it, or push to a branch that starts it.</EmptyState>
            }
          >
            <Section title="Duration" note="of the last runs, oldest first">
              <DurationChart jobs={page().items} />
            </Section>
            <Section
              title="Runs"
              note={
                <A href={`/jobs?pipeline=${encodeURIComponent(props.pipelineId)}`} class="text-accent underline">
                  all of them
                </A>
              }
            >
              <JobTable jobs={page().items.slice(0, tableRows)} />
            </Section>
          </Show>
        )}
      </Loaded>
    </div>
  );
}
