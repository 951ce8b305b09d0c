import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import type { DeliveryDetail } from '../../api/types.ts';
import { Fact, Facts } from '../../components/layout/fact.tsx';
import { TimeText } from '../../components/text/time-text.tsx';

const sourceWords = {
  webhook: 'the forge sent it',
  history: 'found in the history of the forge',
  replay: 'a replay',
} as const;

export function DeliveryFacts(props: { readonly delivery: DeliveryDetail }) {
  return (
    <div class="mb-7">
      <Facts>
        <Fact name="Forge">{props.delivery.forge}</Fact>
        <Fact name="Received">
          <TimeText at={props.delivery.received_at} exact />, {sourceWords[props.delivery.source]}
          <Show when={props.delivery.replay_of}>
            {(of) => (
              <>
                {' of '}
                <A href={`/deliveries/${of()}`} class="text-accent underline">
                  another delivery
                </A>
              </>
            )}
          </Show>
        </Fact>
        <Fact name="Status">
          {props.delivery.status}
          <Show when={props.delivery.next_attempt_at}>
            {(next) => (
              <>
                , worked on again <TimeText at={next()} />
              </>
            )}
          </Show>
        </Fact>
        <Show when={props.delivery.reason}>
          <Fact name="Outcome">{props.delivery.reason}</Fact>
        </Show>
        <Show when={props.delivery.verified !== undefined}>
          <Fact name="Signature">
            {props.delivery.verified === true ? '✓ genuine' : '✕ no pipeline’s secret has signed it'}
          </Fact>
        </Show>
        <Show when={props.delivery.commit}>
          <Fact name="Commit">
            <code class="font-mono">{props.delivery.commit}</code>
          </Fact>
        </Show>
        <Show when={props.delivery.forge_delivery_id}>
          <Fact name="The forge’s id">
            <code class="font-mono">{props.delivery.forge_delivery_id}</code>
          </Fact>
        </Show>
      </Facts>
    </div>
  );
}
