import { useParams } from '@solidjs/router';
import { createEffect, on, Show } from 'solid-js';
import { api, ask } from '../../api/client.ts';
import { Section } from '../../components/layout/section.tsx';
import { PageHeader } from '../../components/layout/page-header.tsx';
import { Loaded } from '../../components/states/loaded.tsx';
import { StatusBadge } from '../../components/status/status-badge.tsx';
import { announce } from '../../stores/announcement.ts';
import { createQuery } from '../../stores/query.ts';
import { usePageTitle } from '../../stores/page-title.ts';
import { Artifacts } from './artifacts.tsx';
import { JobActions } from './job-actions.tsx';
import { JobFacts } from './job-facts.tsx';
import { JobLog } from './job-log.tsx';
import { Reason } from './reason.tsx';
import { JobTimeline } from './job-timeline.tsx';

/** One job, as it happens. */
export default function JobPage() {
  const params = useParams<{ id: string }>();
  const job = createQuery(
    () => params.id,
    (id, signal) => ask(api.GET('/api/v1/jobs/{id}', { params: { path: { id } }, signal })),
    { affectedBy: (ids) => ids?.has(params.id) ?? true },
  );
  const title = () => (job.data === undefined ? 'Job' : `${job.data.pipeline} #${job.data.number}`);
  const status = () => job.data?.status;
  usePageTitle(title, status);
  createEffect(
    on(status, (current, before) => {
      if (current !== undefined && before !== undefined) announce(`${title()}: ${current}`);
    }),
  );
  return (
    <Loaded query={job} skeletonLines={8}>
      {(shown) => (
        <>
          <PageHeader
            title={title()}
            beside={<StatusBadge status={shown().status} />}
            actions={<JobActions job={shown()} />}
          >
            <JobFacts job={shown()} />
          </PageHeader>
          <Reason job={shown()} />
          <Section title="Timeline">
            <JobTimeline job={shown()} />
          </Section>
          <Show when={shown().artifacts.length > 0}>
            <Section title="Artifacts">
              <Artifacts job={shown()} />
            </Section>
          </Show>
          <Section title="Log">
            <JobLog job={shown()} />
          </Section>
        </>
      )}
    </Loaded>
  );
}
