import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import type { Verdict } from '../../api/types.ts';
import { ToneWord } from '../../components/status/tone-word.tsx';
import { verdictTone } from '../../domain/delivery-tone.ts';

export function VerdictRow(props: { readonly verdict: Verdict }) {
  return (
    <li class="border-line grid gap-x-4 gap-y-1 border-b px-4 py-2 last:border-b-0 md:grid-cols-[12rem_8rem_minmax(0,1fr)_auto]">
      <A
        href={`/pipelines/${encodeURIComponent(props.verdict.pipeline_id)}`}
        class="text-strong font-medium hover:underline"
      >
        {props.verdict.pipeline_id}
      </A>
      <ToneWord tone={verdictTone(props.verdict.outcome)}>{props.verdict.outcome.replaceAll('_', ' ')}</ToneWord>
      <span class="wrap-anywhere">{props.verdict.reason}</span>
      <Show when={props.verdict.job_id}>
        {(id) => (
          <A href={`/jobs/${id()}`} data-row class="text-accent underline">
            its job
          </A>
        )}
      </Show>
    </li>
  );
}
