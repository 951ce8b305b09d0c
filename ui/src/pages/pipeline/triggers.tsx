import { For, Show } from 'solid-js';
import type { PipelineDetail } from '../../api/types.ts';
import { TimeText } from '../../components/text/time-text.tsx';
import { triggerWords } from '../../domain/trigger-words.ts';
import { TriggerProblems } from './trigger-problems.tsx';

/** What starts jobs, who says so, and when schedules are due. */
export function Triggers(props: { readonly pipeline: PipelineDetail }) {
  const saidBy = () =>
    props.pipeline.trigger_origin.kind === 'config'
      ? 'The config repository says so.'
      : `${props.pipeline.file} says so.`;
  return (
    <div class="border-line bg-raised flex flex-col gap-2 rounded border p-4">
      <Show when={props.pipeline.triggers} fallback={<p>The pipeline file was not read yet.</p>}>
        {(triggers) => (
          <ul class="list-inside list-disc">
            <For each={triggers()} fallback={<li>nothing but a trigger by hand</li>}>
              {(trigger) => <li class="wrap-anywhere">{triggerWords(trigger)}</li>}
            </For>
          </ul>
        )}
      </Show>
      <For each={props.pipeline.schedules}>
        {(schedule) => (
          <p>
            <code class="font-mono">{schedule.schedule}</code> is due next{' '}
            <Show when={schedule.next_runs[0]} fallback="never">
              {(next) => <TimeText at={next()} />}
            </Show>
            <Show when={schedule.last_outcome}>
              {(outcome) => <span class="text-muted">; last time: {outcome()}</span>}
            </Show>
          </p>
        )}
      </For>
      <p class="text-muted text-xs">{saidBy()}</p>
      <TriggerProblems origin={props.pipeline.trigger_origin} />
    </div>
  );
}
