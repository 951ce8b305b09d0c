import { For, Show } from 'solid-js';
import type { PipelineDetail } from '../../api/types.ts';

/** Why triggers of the pipeline file are not in force. */
export function TriggerProblems(props: { readonly origin: PipelineDetail['trigger_origin'] }) {
  return (
    <>
      <Show when={props.origin.failure}>
        {(failure) => <p class="text-bad wrap-anywhere">It could not be read the last time: {failure()}</p>}
      </Show>
      <For each={props.origin.problems}>
        {({ file, line, column, message }) => (
          <p class="text-bad wrap-anywhere">
            {file}:{line}:{column}: {message}
          </p>
        )}
      </For>
    </>
  );
}
