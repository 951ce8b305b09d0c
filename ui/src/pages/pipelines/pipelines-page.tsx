import { useSearchParams } from '@solidjs/router';
import { createEffect, createSignal, For, Show } from 'solid-js';
import { api, ask } from '../../api/client.ts';
import { Button } from '../../components/forms/button.tsx';
import { ChoiceField } from '../../components/forms/choice-field.tsx';
import { TextField } from '../../components/forms/text-field.tsx';
import { PageHeader } from '../../components/layout/page-header.tsx';
import { Loaded } from '../../components/states/loaded.tsx';
import { createPagedQuery } from '../../stores/paged-query.ts';
import { usePageTitle } from '../../stores/page-title.ts';
import { NoPipelines } from './no-pipelines.tsx';
import { PipelineRow } from './pipeline-row.tsx';

interface Filter {
  readonly search?: string;
  readonly team?: string;
}

/** Every pipeline at a glance: how its last run went, how the runs before went, and when the next comes. */
export default function PipelinesPage() {
  const [filter, setFilter] = useSearchParams<Record<keyof Filter, string>>();
  const pipelines = createPagedQuery(
    (): Filter => ({ search: filter.search, team: filter.team }),
    (query, cursor, signal) =>
      ask(api.GET('/api/v1/pipelines', { params: { query: { ...query, cursor, limit: 100 } }, signal })),
    { affectedBy: () => true },
  );
  const teams = seenTeams(() => pipelines.data?.items ?? []);
  usePageTitle(() => 'Pipelines');
  return (
    <>
      <PageHeader title="Pipelines" />
      <div class="mb-4 grid max-w-2xl gap-3 sm:grid-cols-[2fr_1fr]">
        <TextField
          label="Search"
          type="search"
          placeholder="Part of a name"
          isSearch
          value={filter.search}
          onChange={(search) => setFilter({ search })}
        />
        <ChoiceField
          label="Team"
          any="All teams"
          choices={teams()}
          value={filter.team}
          onChoose={(team) => setFilter({ team })}
        />
      </div>
      <Loaded query={pipelines}>
        {(page) => (
          <Show
            when={page().items.length > 0}
            fallback={<NoPipelines filtered={filter.search !== undefined || filter.team !== undefined} />}
          >
            <ul class="border-line bg-raised rounded border">
              <For each={page().items}>{(pipeline) => <PipelineRow pipeline={pipeline} />}</For>
            </ul>
            <Show when={page().next_cursor}>
              <Button class="mt-3" onClick={() => pipelines.more()}>
                Show more
              </Button>
            </Show>
          </Show>
        )}
      </Loaded>
    </>
  );
}

/** Teams of all pipelines that have been shown: a filter hides those of the others. */
function seenTeams(pipelines: () => readonly { readonly team: string }[]): () => readonly string[] {
  const [teams, setTeams] = createSignal<readonly string[]>([]);
  createEffect(() => {
    const shown = pipelines().map(({ team }) => team);
    setTeams((seen) => [...new Set([...seen, ...shown])].sort());
  });
  return teams;
}
