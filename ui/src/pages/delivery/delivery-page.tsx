import { useParams } from '@solidjs/router';
import { api, ask } from '../../api/client.ts';
import { Section } from '../../components/layout/section.tsx';
import { PageHeader } from '../../components/layout/page-header.tsx';
import { Loaded } from '../../components/states/loaded.tsx';
import { deliveryTopic } from '../../domain/delivery-words.ts';
import { createQuery } from '../../stores/query.ts';
import { usePageTitle } from '../../stores/page-title.ts';
import { DeliveryFacts } from './delivery-facts.tsx';
import { Headers } from './headers.tsx';
import { Payload } from './payload.tsx';
import { ReplayButton } from './replay-button.tsx';
import { Verdicts } from './verdicts.tsx';

/** No event tells about deliveries. */
const refreshMs = 3000;

/** One delivery: what came in, and what it did to each pipeline. */
export default function DeliveryPage() {
  const params = useParams<{ id: string }>();
  const delivery = createQuery(
    () => params.id,
    (id, signal) => ask(api.GET('/api/v1/deliveries/{id}', { params: { path: { id } }, signal })),
    { everyMs: refreshMs },
  );
  usePageTitle(() => 'Delivery');
  return (
    <Loaded query={delivery}>
      {(shown) => (
        <>
          <PageHeader title={deliveryTopic(shown())} actions={<ReplayButton deliveryId={params.id} />} />
          <DeliveryFacts delivery={shown()} />
          <Section title="Verdicts" note="what it did to each pipeline, and why">
            <Verdicts verdicts={shown().verdicts} />
          </Section>
          <Section title="Headers">
            <Headers headers={shown().headers} />
          </Section>
          <Section title="Body">
            <Payload deliveryId={params.id} bytes={shown().body_bytes} />
          </Section>
        </>
      )}
    </Loaded>
  );
}
