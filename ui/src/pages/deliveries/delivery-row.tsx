import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import type { Delivery } from '../../api/types.ts';
import { ToneWord } from '../../components/status/tone-word.tsx';
import { TimeText } from '../../components/text/time-text.tsx';
import { deliveryTone } from '../../domain/delivery-tone.ts';
import { deliveryRemark, deliveryTopic, verdictSummary } from '../../domain/delivery-words.ts';

export function DeliveryRow(props: { readonly delivery: Delivery }) {
  return (
    <li class="border-line hover:bg-line/30 grid gap-x-4 gap-y-1 border-b px-4 py-2.5 last:border-b-0 md:grid-cols-[6rem_minmax(0,1fr)_minmax(0,1fr)_7rem]">
      <span class="text-muted">{props.delivery.forge}</span>
      <div class="min-w-0 wrap-anywhere">
        <A href={`/deliveries/${props.delivery.id}`} data-row class="text-strong font-medium hover:underline">
          {deliveryTopic(props.delivery)}
        </A>
        <Show when={deliveryRemark(props.delivery)}>{(remark) => <p class="text-muted">{remark()}</p>}</Show>
      </div>
      <ToneWord tone={deliveryTone(props.delivery)}>{verdictSummary(props.delivery)}</ToneWord>
      <span class="text-muted md:text-right">
        <TimeText at={props.delivery.received_at} />
      </span>
    </li>
  );
}
