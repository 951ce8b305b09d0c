import { useParams } from '@solidjs/router';
import { Show } from 'solid-js';
import { api, ask } from '../../api/client.ts';
import { Section } from '../../components/layout/section.tsx';
import { PageHeader } from '../../components/layout/page-header.tsx';
import { Loaded } from '../../components/states/loaded.tsx';
import { StatusBadge } from '../../components/status/status-badge.tsx';
import { createQuery } from '../../stores/query.ts';
import { usePageTitle } from '../../stores/page-title.ts';
import { Origin } from './origin.tsx';
import { Runs } from './runs.tsx';
import { Settings } from './settings.tsx';
import { TriggerButton } from './trigger-button.tsx';
import { Triggers } from './triggers.tsx';

/** One pipeline: how it fares, what it is, and why it is so. What is changed is changed in the config repository. */
export default function PipelinePage() {
  const params = useParams<{ id: string }>();
  const pipeline = createQuery(
    () => params.id,
    (id, signal) => ask(api.GET('/api/v1/pipelines/{id}', { params: { path: { id } }, signal })),
    { affectedBy: () => true },
  );
  usePageTitle(
    () => params.id,
    () => pipeline.data?.last_job?.status,
  );
  return (
    <Loaded query={pipeline}>
      {(shown) => (
        <>
          <PageHeader
            title={shown().name}
            beside={<Show when={shown().last_job}>{(job) => <StatusBadge status={job().status} />}</Show>}
            actions={<TriggerButton pipeline={shown()} />}
          >
            <p class="text-muted">
              {shown().team}
              <Show when={shown().description}>{(description) => <> · {description()}</>}</Show>
            </p>
          </PageHeader>
          <div class="grid gap-x-6 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
            <Runs pipelineId={params.id} />
            <div>
              <Section title="What starts it">
                <Triggers pipeline={shown()} />
              </Section>
              <Section title="Configuration" note="read-only: the config repository says it">
                <Settings pipeline={shown()} />
                <Origin pipeline={shown()} />
              </Section>
            </div>
          </div>
        </>
      )}
    </Loaded>
  );
}
