import { useSearchParams } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { api, ask } from '../../api/client.ts';
import { Button } from '../../components/forms/button.tsx';
import { PageHeader } from '../../components/layout/page-header.tsx';
import { EmptyState } from '../../components/states/empty-state.tsx';
import { Loaded } from '../../components/states/loaded.tsx';
import { type DeliveryFilter, toDeliveryQuery } from '../../domain/delivery-filter.ts';
import { createPagedQuery } from '../../stores/paged-query.ts';
import { usePageTitle } from '../../stores/page-title.ts';
import { DeliveryFilters } from './delivery-filters.tsx';
import { DeliveryRow } from './delivery-row.tsx';

/** No event tells about deliveries. */
const refreshMs = 5000;

/** What forges have sent, and what came of it. */
export default function DeliveriesPage() {
  const [filter, setFilter] = useSearchParams<Record<keyof DeliveryFilter, string>>();
  const deliveries = createPagedQuery(
    () => toDeliveryQuery(filter),
    (query, cursor, signal) => ask(api.GET('/api/v1/deliveries', { params: { query: { ...query, cursor } }, signal })),
    { everyMs: refreshMs },
  );
  usePageTitle(() => 'Deliveries');
  return (
    <>
      <PageHeader title="Deliveries">
        <p class="text-muted">Webhooks that have come in, and what each did to the pipelines.</p>
      </PageHeader>
      <DeliveryFilters filter={filter} onChange={(change) => setFilter({ ...change })} />
      <Loaded query={deliveries}>
        {(page) => (
          <Show
            when={page().items.length > 0}
            fallback={
              <EmptyState title="There are no such deliveries.">
                Point a webhook of the forge at <code class="font-mono">{location.origin}/webhooks/&lt;forge&gt;</code>,
                where the forge is an entry of <code class="font-mono">forges</code> in config.yaml.
              </EmptyState>
            }
          >
            <ul class="border-line bg-raised rounded border">
              <For each={page().items}>{(delivery) => <DeliveryRow delivery={delivery} />}</For>
            </ul>
            <Show when={page().next_cursor}>
              <Button class="mt-3" onClick={() => deliveries.more()}>
                Show older deliveries
              </Button>
            </Show>
          </Show>
        )}
      </Loaded>
    </>
  );
}
